using System.Text;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>What a careless installation serves to everybody. A proxy must not.</summary>
internal static class Secrets
{
    private const string ApiToken = "simulated-api-token-that-must-never-leave";

    private const string AppConfig = $$"""
        {
          "preinit": "off",
          "architecture": "normal",
          "debug": true,
          "api_url": "http://oz-api:8000/api/",
          "api_token": "{{ApiToken}}",
          "api_use_token": "config",
          "video_actions_list": ["video_selfie_left", "video_selfie_right", "video_selfie_blank", "video_selfie_best"],
          "video_required_actions_list": ["video_selfie_blank"],
          "photo_actions_list": ["photo_id_front", "photo_id_back"],
          "actions_default_importance": false,
          "analyses": { "quality": true, "biometry": true, "documents": true },
          "extract_best_shot": true,
          "delete_old_sessions": true,
          "delete_old_sessions_offset_minutes": 120,
          "result_mode": "safe",
          "video_file_format": "zip"
        }
        """;

    public static Answer Answer(string path)
    {
        if (path.EndsWith("/debug.php", StringComparison.Ordinal))
        {
            return new() { ContentType = "text/html; charset=UTF-8", Body = Encoding.UTF8.GetBytes($"<pre>{AppConfig}</pre>") };
        }

        return path.EndsWith(".json", StringComparison.Ordinal)
            ? new() { Body = Encoding.UTF8.GetBytes(AppConfig) }
            : new() { ContentType = "text/plain", Body = Encoding.UTF8.GetBytes($"[notice] api_token={ApiToken} folder=33333333-3333-4333-8333-333333333333\n") };
    }
}
