import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.Security;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A link with latency and a limited rate, for kernels without a network emulator: passes TCP connections on and holds
 * every byte until it would have arrived. All connections to one server share its rate, each direction has its own.
 *
 * <p>{@code java Link MICROSECONDS MBIT LISTEN=HOST:PORT...}: the latency is one way's.
 */
final class Link {
  private static final int CHUNK = 64 * 1024;
  private static final int CHUNKS = 32;
  // A sender gets no further ahead of the wire, as with the short queue of a real interface.
  private static final long QUEUE_NANOS = 2_000_000;

  private record Chunk(byte[] bytes, int length, long due) {}

  /** One direction to one server: the time at which its wire is free again. */
  private static final class Wire {
    private final long latency;
    private final double nanosPerByte;
    private long free = System.nanoTime();

    Wire(long latencyMicros, double mbit) {
      latency = latencyMicros * 1000;
      nanosPerByte = 8000 / mbit;
    }

    /** Puts bytes on the wire; returns when they arrive at its other end. */
    synchronized long send(int bytes) {
      free = Math.max(free, System.nanoTime()) + (long) (bytes * nanosPerByte);
      return free + latency;
    }

    synchronized long ahead() {
      return free - System.nanoTime() - QUEUE_NANOS;
    }
  }

  public static void main(String[] arguments) throws IOException {
    // A fresh server of the same name has another address.
    Security.setProperty("networkaddress.cache.ttl", "0");
    long latency = Long.parseLong(arguments[0]);
    double mbit = Double.parseDouble(arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      String[] parts = arguments[i].split("[=:]");
      ServerSocket server = new ServerSocket(Integer.parseInt(parts[0]), 200);
      InetSocketAddress to = new InetSocketAddress(parts[1], Integer.parseInt(parts[2]));
      Wire there = new Wire(latency, mbit);
      Wire back = new Wire(latency, mbit);
      new Thread(() -> accept(server, to, there, back)).start();
    }
  }

  private static void accept(ServerSocket server, InetSocketAddress to, Wire there, Wire back) {
    while (true) {
      try {
        Socket near = server.accept();
        Socket far = new Socket();
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        far.connect(new InetSocketAddress(to.getHostString(), to.getPort()));
        pump(near, far, there);
        pump(far, near, back);
      } catch (IOException e) {
        System.err.println("link: " + to + ": " + e.getMessage());
      }
    }
  }

  private static void pump(Socket from, Socket to, Wire wire) {
    BlockingQueue<byte[]> spare = new ArrayBlockingQueue<>(CHUNKS);
    for (int i = 0; i < CHUNKS; i++) {
      spare.add(new byte[CHUNK]);
    }
    BlockingQueue<Chunk> flying = new ArrayBlockingQueue<>(CHUNKS + 1);
    new Thread(() -> read(from, to, wire, spare, flying)).start();
    new Thread(() -> write(to, from, spare, flying)).start();
  }

  private static void read(
      Socket from, Socket other, Wire wire, BlockingQueue<byte[]> spare, BlockingQueue<Chunk> flying) {
    try {
      InputStream in = from.getInputStream();
      for (int length = 0; length >= 0; ) {
        waitFor(wire.ahead());
        byte[] bytes = spare.take();
        length = in.read(bytes);
        flying.put(new Chunk(bytes, length, wire.send(Math.max(length, 0))));
      }
    } catch (IOException | InterruptedException e) {
      close(from);
      close(other);
      flying.offer(new Chunk(new byte[0], -1, 0));
    }
  }

  private static void write(Socket to, Socket other, BlockingQueue<byte[]> spare, BlockingQueue<Chunk> flying) {
    try {
      OutputStream out = to.getOutputStream();
      for (Chunk chunk = flying.take(); chunk.length >= 0; chunk = flying.take()) {
        waitFor(chunk.due - System.nanoTime());
        out.write(chunk.bytes, 0, chunk.length);
        spare.add(chunk.bytes);
      }
      to.shutdownOutput();
      if (other.isOutputShutdown()) {
        close(to);
        close(other);
      }
    } catch (IOException | InterruptedException e) {
      close(to);
      close(other);
    }
  }

  private static void waitFor(long nanos) {
    for (long until = System.nanoTime() + nanos; nanos > 0; nanos = until - System.nanoTime()) {
      LockSupport.parkNanos(nanos);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is left to lose.
    }
  }
}
