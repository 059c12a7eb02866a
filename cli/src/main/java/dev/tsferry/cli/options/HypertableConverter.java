package dev.tsferry.cli.options;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code schema.table:column[:interval]}, with identifiers as SQL writes them: in double
 * quotes they may hold anything (a double quote doubled), bare they fold to lower case.
 *
 * <pre>
 * public.metrics:time
 * "Sensor Data"."a.b:c":"at":7 days
 * </pre>
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS">identifiers</a>
 */
public final class HypertableConverter implements ITypeConverter<Hypertable> {

  @Override
  public Hypertable convert(String value) {
    return new Scanner(value).hypertable();
  }

  private static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    Hypertable hypertable() {
      String schema = identifier("a schema");
      expect('.', "a dot between schema and table");
      String table = identifier("a table");
      expect(':', "a colon and the time column after the table");
      String column = identifier("a time column");
      String interval = null;
      if (at < text.length()) {
        expect(':', "a colon before the chunk interval");
        interval = text.substring(at).strip();
        if (interval.isEmpty()) {
          throw wrong("the chunk interval");
        }
      }
      return new Hypertable(new TableName(schema, table), column, interval);
    }

    private String identifier(String what) {
      if (at < text.length() && text.charAt(at) == '"') {
        return quoted(what);
      }
      int start = at;
      while (at < text.length() && ".:\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (at == start) {
        throw wrong(what);
      }
      return text.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private String quoted(String what) {
      StringBuilder identifier = new StringBuilder();
      at++;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c != '"') {
          identifier.append(c);
        } else if (at < text.length() && text.charAt(at) == '"') {
          identifier.append('"');
          at++;
        } else if (identifier.isEmpty()) {
          throw wrong(what);
        } else {
          return identifier.toString();
        }
      }
      throw wrong("the closing double quote of " + what);
    }

    private void expect(char expected, String what) {
      if (at >= text.length() || text.charAt(at) != expected) {
        throw wrong(what);
      }
      at++;
    }

    private TypeConversionException wrong(String missing) {
      return new TypeConversionException(
          "%s lacks %s at character %d; write schema.table:column or schema.table:column:interval, names in double quotes where SQL needs them"
              .formatted(text, missing, at + 1));
    }
  }
}
