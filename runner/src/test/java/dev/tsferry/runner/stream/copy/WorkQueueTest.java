package dev.tsferry.runner.stream.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.runner.stream.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private static Unit unit(int id, int table, long weight) {
    return new Unit(id, table, "t" + table, "", 1, null, null, weight);
  }

  @Test
  void next_takesTheLargestTableFirst_inTheOrderOfItsPages() {
    WorkQueue queue =
        new WorkQueue(
            List.of(
                unit(1, 1, 100),
                unit(2, 1, 100),
                unit(3, 1, 100),
                unit(4, 2, 150),
                unit(5, 3, 250)));
    List<Integer> order = new ArrayList<>();
    for (Optional<Unit> next = queue.next(); next.isPresent(); next = queue.next()) {
      order.add(next.get().id());
    }

    assertThat(order).containsExactly(1, 2, 3, 5, 4);
  }
}
