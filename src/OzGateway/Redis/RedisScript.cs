using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace OzGateway.Redis;

/// <summary>A Lua script of ours: its text, and the hash under which a server knows it.</summary>
internal sealed class RedisScript
{
    private RedisScript(string text)
    {
        Text = text;
#pragma warning disable CA5350 // Redis names scripts by their SHA-1; nothing is protected with it.
        Hash = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350 // No other use.
    }

    /// <summary>The script.</summary>
    public string Text { get; }

    /// <summary>SHA-1 of its text, as <c>EVALSHA</c> wants it.</summary>
    public string Hash { get; }

    /// <summary>Reads a script that is embedded in the program.</summary>
    /// <param name="name">Name of the resource.</param>
    public static RedisScript Embedded(string name)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no script {name}."));
        return Of(reader.ReadToEnd());
    }

    /// <summary>A script of this text.</summary>
    public static RedisScript Of(string text) => new(text);
}
