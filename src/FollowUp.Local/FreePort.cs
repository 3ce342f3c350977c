using System.Net;
using System.Net.Sockets;

namespace FollowUp.Local;

/// <summary>Ports for parts that start a moment later: below those that the system gives to outgoing connections, which could take them meanwhile.</summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int Tries = 1_000;

    public static int Next()
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then
            }
        }

        throw new IOException($"No port from {First} to {Last} is free.");
    }
}
