package dev.tsferry.runner.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingTest {

  @Test
  void elements_listOfNames_areTakenApart() {
    assertThat(elements("search_path=shop, \"$user\", public"))
        .containsExactly("shop", "$user", "public");
    assertThat(elements("search_path=\"a, \"\"b\"\"\", \"led; ger\",c"))
        .containsExactly("a, \"b\"", "led; ger", "c");
    assertThat(elements("Search_Path=\"new\nline\"")).containsExactly("new\nline");
  }

  @Test
  void elements_emptyList_isTheOneEmptyName() {
    assertThat(elements("search_path=")).containsExactly("");
    assertThat(elements("search_path=\"\"")).containsExactly("");
  }

  @Test
  void elements_listThatTheServerKeepsAsText_isOneText() {
    assertThat(elements("DateStyle=ISO, DMY")).containsExactly("ISO, DMY");
    assertThat(elements("application_name=a=b, \"c\"")).containsExactly("a=b, \"c\"");
  }

  private static List<String> elements(String entry) {
    return Setting.of("", entry).elements();
  }
}
