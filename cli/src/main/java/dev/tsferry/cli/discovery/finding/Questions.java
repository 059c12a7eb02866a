package dev.tsferry.cli.discovery.finding;

import java.util.List;
import java.util.Optional;

/** Asks the person at the terminal what AWS does not know. */
public interface Questions {
  /** Nobody is there to be asked. */
  Questions NOBODY =
      new Questions() {
        @Override
        public Optional<Choice> choose(String question, List<Choice> choices) {
          return Optional.empty();
        }

        @Override
        public Optional<String> ask(String question) {
          return Optional.empty();
        }
      };

  /** One of the choices; empty where nobody can be asked. */
  Optional<Choice> choose(String question, List<Choice> choices);

  /** A line of text; empty where nobody can be asked. */
  Optional<String> ask(String question);
}
