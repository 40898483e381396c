return await OzGateway.Commands.CommandLine.RunAsync(args);
