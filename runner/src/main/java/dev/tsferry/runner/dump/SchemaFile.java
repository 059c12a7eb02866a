package dev.tsferry.runner.dump;

import dev.tsferry.runner.dump.DumpScanner.Item;
import dev.tsferry.runner.dump.DumpScanner.Statement;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a schema file of a dump in UTF-8 statement by statement; psql's commands are passed over.
 */
public final class SchemaFile implements AutoCloseable {
  private final InputStream in;
  private final DumpScanner scanner;

  public SchemaFile(Path file) throws IOException {
    in = new BufferedInputStream(Files.newInputStream(file));
    scanner = new DumpScanner(in);
  }

  /**
   * The next statement, or empty at the end.
   *
   * @throws DumpSyntaxException if it holds bytes that are no UTF-8, as a database in SQL_ASCII may
   */
  public Optional<SchemaStatement> next() throws IOException {
    for (Optional<Item> item = scanner.next(); item.isPresent(); item = scanner.next()) {
      if (item.get() instanceof Statement statement) {
        return Optional.of(new SchemaStatement(decoded(statement.text())));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static String decoded(String bytes) throws DumpSyntaxException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(SchemaDump.bytes(bytes)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new DumpSyntaxException("a statement holds bytes that are no UTF-8: " + bytes.strip());
    }
  }
}
