package dev.tsferry.cli.discovery;

import java.util.Optional;

/** Looks up database instances by the name that their owner gave them. */
public interface DatabaseDirectory {

  /** The DB instance called {@code identifier}, if the account has it in this region. */
  Optional<DatabaseInstance> find(String identifier);
}
