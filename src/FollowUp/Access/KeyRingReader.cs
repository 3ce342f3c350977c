using System.Security.Cryptography;
using FollowUp.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace FollowUp.Access;

/// <summary>
/// Reads the key ring while the service starts, so that the first visitor need not wait for it, and makes the first key.
/// What fails here is tried again when somebody needs a key.
/// </summary>
internal sealed partial class KeyRingReader(IDataProtectionProvider protection, ILogger<KeyRingReader> logger) : BackgroundService
{
    // The ring is read with a thread that waits
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(Read, stoppingToken);

    private void Read()
    {
        try
        {
            protection.CreateProtector("start").Protect([]);
        }
        catch (Exception failure) when (failure is CryptographicException || OutOfReach.Is(failure))
        {
            KeyRingReaderLog.NotRead(logger, failure);
        }
    }

    private static partial class KeyRingReaderLog
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The key ring of cookies and forms could not be read; it is read again when it is needed.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
