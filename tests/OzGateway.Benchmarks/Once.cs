using System.Reflection;

using BenchmarkDotNet.Attributes;

namespace OzGateway.Benchmarks;

/// <summary>Runs every benchmark method once for each of its parameters, without timing: so benchmarks cannot rot.</summary>
internal static class Once
{
    /// <returns>0, or 1 when a benchmark threw.</returns>
    public static int Run(Assembly assembly)
    {
        var failures = 0;
        foreach (var type in assembly.GetTypes())
        {
            foreach (var method in type.GetMethods().Where(static method => method.GetCustomAttribute<BenchmarkAttribute>() is not null))
            {
                failures += RunAll(type, method);
            }
        }

        return failures == 0 ? 0 : 1;
    }

    private static int RunAll(Type type, MethodInfo method)
    {
        var parameter = type.GetProperties().SingleOrDefault(static property => property.GetCustomAttribute<ParamsAttribute>() is not null);
        var failures = 0;
        foreach (var value in parameter?.GetCustomAttribute<ParamsAttribute>()?.Values ?? [null])
        {
            var instance = Activator.CreateInstance(type)!;
            parameter?.SetValue(instance, value);
            failures += RunOne(instance, method, $"{type.Name}.{method.Name}({value})");
        }

        return failures;
    }

    private static int RunOne(object instance, MethodInfo method, string name)
    {
        try
        {
            foreach (var setup in instance.GetType().GetMethods().Where(static setup => setup.GetCustomAttribute<GlobalSetupAttribute>() is not null))
            {
                setup.Invoke(instance, null);
            }

            (method.Invoke(instance, null) as Task)?.GetAwaiter().GetResult();
            Console.Out.WriteLine($"ran {name}");
            return 0;
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine($"failed {name}: {(exception as TargetInvocationException)?.InnerException ?? exception}");
            return 1;
        }
    }
}
