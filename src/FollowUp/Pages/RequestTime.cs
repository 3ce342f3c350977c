using Microsoft.Extensions.Options;

namespace FollowUp.Pages;

/// <summary>
/// The time that a request has. The Functions host ends the whole process, with all that it does for others, when one
/// request lasts for longer than its functions may; and whoever sends a body slowly enough keeps the server’s own limits.
/// A body that does not come in time is answered with 408, work that does not end with 503.
/// </summary>
internal sealed class RequestTime(RequestDelegate next, IOptions<PagesOptions> options)
{
    private readonly RequestTimes times = options.Value.Times;

    public async Task InvokeAsync(HttpContext context)
    {
        if (options.Value.HasItsOwnTime(context))
        {
            await next(context);
            return;
        }

        var gone = context.RequestAborted;
        using var late = new CancellationTokenSource(times.Body);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(gone);
        over.CancelAfter(times.Work);
        using var atLast = new CancellationTokenSource(times.Whole);
        await using var ending = atLast.Token.UnsafeRegister(static request => ((HttpContext)request!).Abort(), context);
        var body = context.Request.Body;
        context.Request.Body = new BodyInTime(body, late.Token);
        context.RequestAborted = over.Token;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestAborted = gone;
            context.Request.Body = body;
        }

        // The exception handler takes whatever was stopped for a visitor who has gone
        if (over.IsCancellationRequested && !gone.IsCancellationRequested && !context.Response.HasStarted && context.Response.StatusCode == StatusCodes.Status499ClientClosedRequest)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("This took too long and was stopped. Try again in a few minutes.", gone);
        }
    }

    /// <summary>The body of a request, as long as it comes in time. Whoever reads it need not watch a token.</summary>
    private sealed class BodyInTime(Stream body, CancellationToken late) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var either = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(late, cancellationToken) : null;
            try
            {
                return await body.ReadAsync(buffer, either?.Token ?? late);
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested)
            {
                throw new BadHttpRequestException("The body did not come in time.", StatusCodes.Status408RequestTimeout);
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => body.Read(buffer, offset, count);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>How long a request may take. The front of Azure waits for 230 seconds, the Functions host for five minutes.</summary>
/// <param name="Body">How long its body may be on its way.</param>
/// <param name="Work">How long it may be worked on.</param>
/// <param name="Whole">After which its connection is cut, whatever holds it.</param>
internal sealed record RequestTimes(TimeSpan Body, TimeSpan Work, TimeSpan Whole)
{
    public static RequestTimes Usual { get; } = new(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3.5), TimeSpan.FromMinutes(4.5));
}
