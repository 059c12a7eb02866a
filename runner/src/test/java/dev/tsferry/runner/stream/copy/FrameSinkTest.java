package dev.tsferry.runner.stream.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameSinkTest {

  @Test
  void row_manyAndLargerThanAllFrames_arriveInOrder() throws Exception {
    Frames frames = new Frames();
    CompletableFuture<byte[]> written =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                for (Frames.Frame frame = frames.take(); frame != null; frame = frames.take()) {
                  out.write(frame.bytes, 0, frame.length);
                  frames.giveBack(frame);
                }
                return out.toByteArray();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    FrameSink sink = new FrameSink(frames);
    Random random = new Random(7);
    for (int length : new int[] {0, 1, 131_071, 5, 5_000_000, 131_072, 12}) {
      byte[] row = new byte[length + 2];
      random.nextBytes(row);
      sink.row(row, 1, length);
      sent.write(row, 1, length);
    }
    sink.end();

    assertThat(written.get(20, TimeUnit.SECONDS)).isEqualTo(sent.toByteArray());
    assertThat(sink.bytes()).isEqualTo(sent.size());
  }

  @Test
  void stop_endsBothSides() {
    Frames frames = new Frames();
    frames.stop();

    assertThatThrownBy(frames::take).isInstanceOf(Frames.StoppedException.class);
    assertThatThrownBy(frames::empty).isInstanceOf(Frames.StoppedException.class);
  }
}
