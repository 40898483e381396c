using Microsoft.Extensions.Time.Testing;
using OzGateway.Verdicts;

namespace OzGateway.Tests.Verdicts;

/// <summary>The same key gives the same answer.</summary>
public sealed class IdempotentAnswersTests
{
    private readonly FakeTimeProvider _time = new();
    private int _made;

    [Fact]
    public async Task The_same_key_of_the_same_caller_gives_the_same_answer_for_24_hours()
    {
        var answers = new IdempotentAnswers<string>(_time);
        var first = await OnceAsync(answers, "bank", "k");

        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(first, await OnceAsync(answers, "bank", "k"));
        Assert.NotEqual(first, await OnceAsync(answers, "other", "k"));
        Assert.NotEqual(first, await OnceAsync(answers, "bank", "K"));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, await OnceAsync(answers, "bank", "k"));
    }

    [Fact]
    public async Task The_same_key_with_another_request_has_no_answer()
    {
        var answers = new IdempotentAnswers<string>(_time);
        await OnceAsync(answers, "bank", "k", "issue alice");

        Assert.Null(await OnceAsync(answers, "bank", "k", "issue bob"));
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task Who_asks_while_the_answer_is_made_gets_that_answer()
    {
        var answers = new IdempotentAnswers<string>(_time);
        var making = new TaskCompletionSource<string>();
        var first = answers.OnceAsync(new IdempotentQuestion("bank", "k", "r"), () => making.Task, static _ => true);
        var second = OnceAsync(answers, "bank", "k", "r");

        making.SetResult("made once");

        Assert.Equal(("made once", "made once", 0), (await first, await second, _made));
    }

    [Fact]
    public async Task An_answer_that_is_not_for_good_leaves_the_key_free()
    {
        var answers = new IdempotentAnswers<string>(_time);
        await answers.OnceAsync(new IdempotentQuestion("bank", "k", "r"), () => Task.FromResult("not yet"), static _ => false);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            answers.OnceAsync(new IdempotentQuestion("bank", "k", "r"), () => Task.FromException<string>(new InvalidOperationException()), static _ => true));

        Assert.Equal("answer 1", await OnceAsync(answers, "bank", "k", "r"));
    }

    [Fact]
    public async Task What_is_kept_is_bounded_and_the_oldest_goes_first()
    {
        var answers = new IdempotentAnswers<string>(_time, limit: 10);
        for (var key = 0; key < 1000; key++)
        {
            await OnceAsync(answers, "bank", $"{key}");
        }

        Assert.Equal(10, answers.Count);
        Assert.Equal("answer 1000", await OnceAsync(answers, "bank", "999"));
        Assert.Equal("answer 1001", await OnceAsync(answers, "bank", "0"));
    }

    private Task<string?> OnceAsync(IdempotentAnswers<string> answers, string caller, string key, string request = "request") =>
        answers.OnceAsync(new IdempotentQuestion(caller, key, request), () => Task.FromResult($"answer {++_made}"), static _ => true);
}
