using OzGateway.Forwarding;

namespace OzGateway.Tests.Forwarding;

public sealed class SessionCookieTests
{
    [Theory]
    [InlineData("PHPSESSID=a; Path=/; HttpOnly", "", "", "PHPSESSID=a; Path=/; HttpOnly")]
    [InlineData("PHPSESSID=a; path=/tenant/; HttpOnly", "/tenant", "", "PHPSESSID=a; Path=/; HttpOnly")]
    [InlineData("PHPSESSID=a; path=/tenant", "/tenant", "/liveness", "PHPSESSID=a; Path=/liveness")]
    [InlineData("PHPSESSID=a; path=/tenant/deep/", "/tenant", "/liveness", "PHPSESSID=a; Path=/liveness/deep")]
    [InlineData("PHPSESSID=a; Path=/", "/tenant", "/liveness", "PHPSESSID=a; Path=/liveness")]
    [InlineData("PHPSESSID=a; Path=/tenants", "/tenant", "/liveness", "PHPSESSID=a; Path=/liveness")]
    [InlineData("PHPSESSID=a;Domain=adapter.internal;Secure", "", "", "PHPSESSID=a; Secure")]
    [InlineData("PHPSESSID=Path=/x", "", "/liveness", "PHPSESSID=Path=/x")]
    [InlineData("PHPSESSID=a", "/tenant", "/liveness", "PHPSESSID=a")]
    public void A_cookie_moves_from_the_adapters_host_and_path_to_ours(string cookie, string prefix, string publicPrefix, string moved) =>
        Assert.Equal(moved, SessionCookie.Move(cookie, prefix, publicPrefix));
}
