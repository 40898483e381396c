return await OzGateway.Demo.DemoCommandLine.RunAsync(args);
