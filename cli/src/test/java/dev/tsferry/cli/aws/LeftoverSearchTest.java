package dev.tsferry.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.cli.teardown.SearchResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class LeftoverSearchTest {
  @Test
  void search_oneRightMissing_looksAtTheRest() {
    SearchResult result =
        SdkLeftoverSearch.search(
            List.of(
                look("volumes", () -> List.of(new Leftover("volume", "vol-1", "available"))),
                look("snapshots", () -> denied("UnauthorizedOperation")),
                look("roles", () -> List.of(new Leftover("role", "r", "not deleted")))));

    assertThat(result.found()).extracting(Leftover::id).containsExactly("vol-1", "r");
    assertThat(result.unseen()).containsExactly("snapshots: AWS denied service:Listsnapshots");
  }

  @Test
  void search_noCredentials_isNotASearch() {
    assertThatThrownBy(
            () ->
                SdkLeftoverSearch.search(
                    List.of(look("volumes", () -> denied("InvalidClientTokenId")))))
        .hasMessageContaining("does not accept the credentials");
  }

  @Test
  void mark_tellsMigrationsApart_byTagWhereThereIsOne_elseByName() {
    MigrationMark mark = new MigrationMark("orders");

    assertThat(mark.on("anything", Optional.of("orders"))).isTrue();
    assertThat(mark.on("tsferry-orders-db-HostRole", Optional.of("orders-db"))).isFalse();
    assertThat(mark.on("tsferry-orders-HostRole", Optional.empty())).isTrue();
    assertThat(mark.on("tsferry-ordersx", Optional.empty())).isFalse();
    assertThat(mark.mentionedIn("tsferry-orders: migration host")).isTrue();
    assertThat(mark.mentionedIn("tsferry-orders-db: migration host")).isFalse();
  }

  @Test
  void mark_ofALongName_findsWhatCloudFormationCutShort() {
    MigrationMark mark = new MigrationMark("a-name-that-is-longer-than-most");

    assertThat(mark.mayBeOn("tsferry-a-name-that-is-l-HostRole-1ABC")).isTrue();
    assertThat(mark.mayBeOn("tsferry-another-HostRole-1ABC")).isFalse();
  }

  private static Look look(String what, Supplier<List<Leftover>> supplier) {
    return new Look(what, "service:List" + what, supplier);
  }

  private static List<Leftover> denied(String code) {
    throw Ec2Exception.builder()
        .statusCode(403)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("no").build())
        .build();
  }
}
