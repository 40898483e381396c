using System.Security.Cryptography;
using System.Text;
using OzGateway.Problems;

namespace OzGateway.Configuration;

/// <summary>A configuration file as it was found.</summary>
/// <param name="FileName">Name for messages.</param>
/// <param name="Folder">Where relative paths of secrets begin.</param>
/// <param name="Text">Its text.</param>
/// <param name="Hash">SHA-256 of its bytes, lower-case hex.</param>
internal sealed record ConfigurationText(string FileName, string Folder, string Text, string Hash)
{
    private const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Takes a text that is in memory.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">Name for messages.</param>
    public static ConfigurationText Of(string text, string fileName) =>
        new(fileName, Environment.CurrentDirectory, text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    /// <summary>Reads a file; null where that is impossible, which is then among the errors.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="errors">Where errors go.</param>
    public static ConfigurationText? Load(string path, ConfigurationErrors errors)
    {
        try
        {
            string full = Path.GetFullPath(path);
            if (new FileInfo(full) is { Exists: true, Length: > MaxBytes })
            {
                errors.Add("", ConfigurationCode.FileUnreadable, "is larger than 1MiB.");
                return null;
            }

            byte[] bytes = File.ReadAllBytes(full);
            string text = StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
            return new ConfigurationText(Path.GetFileName(full), Path.GetDirectoryName(full)!, text, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            errors.Add("", ConfigurationCode.FileUnreadable, $"cannot be read: {Reason(exception)}.");
            return null;
        }
    }

    private static string Reason(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "it is a folder, or the process has no right to read it",
        DecoderFallbackException => "it is not UTF-8",
        _ => "it is no readable file",
    };
}
