package dev.tsferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** The rules around the host are as narrow as the plan allows. */
class HostNetworkTest {
  @Test
  void onlyRule_isOnTheSourcesGroup_fromTheHost_onTheDatabasePort() {
    SampleStack.template()
        .hasResourceProperties(
            "AWS::EC2::SecurityGroupIngress",
            Map.of(
                "GroupId",
                "sg-0a1b2c3d",
                "SourceSecurityGroupId",
                Map.of(
                    "Fn::GetAtt",
                    List.of(Match.stringLikeRegexp("HostSecurityGroup.*"), "GroupId")),
                "FromPort",
                5432,
                "ToPort",
                5432,
                "IpProtocol",
                "tcp"));
  }

  @Test
  void outbound_ofAnOrdinarySubnet_reachesSourceTargetHttpsAndMirrors() {
    assertThat(outbound(""))
        .containsExactlyInAnyOrder(
            "sg-0a1b2c3d tcp 5432", "0.0.0.0/0 tcp 31000", "0.0.0.0/0 tcp 443", "0.0.0.0/0 tcp 80");
  }

  @Test
  void outbound_whereThePlanKnowsTheRanges_isNoWider() {
    assertThat(
            outbound(
                """
                "network" : {"targetRanges" : ["10.40.0.0/16"], "httpsRanges" : ["10.20.0.0/16", "pl-63a5400a"],
                  "dnsServers" : ["10.20.0.2/32"]},
                "software" : {"ubuntuMirror" : "https://mirror.test/ubuntu",
                  "postgresqlMirror" : "https://mirror.test/pgdg"},
                """))
        .containsExactlyInAnyOrder(
            "sg-0a1b2c3d tcp 5432",
            "10.40.0.0/16 tcp 31000",
            "10.20.0.0/16 tcp 443",
            "pl-63a5400a tcp 443",
            "10.20.0.2/32 udp 53",
            "10.20.0.2/32 tcp 53");
  }

  @Test
  void outbound_behindAProxy_reachesTheProxyInsteadOfMirrors() {
    assertThat(outbound("\"software\" : {\"proxy\" : \"http://proxy.test:3128\"},"))
        .contains("0.0.0.0/0 tcp 3128")
        .doesNotContain("0.0.0.0/0 tcp 80");
  }

  @SuppressWarnings("unchecked")
  private static List<String> outbound(String hostFields) {
    Template template =
        SampleStack.template(text -> text.replace("\"ubuntu\" :", hostFields + " \"ubuntu\" :"));
    Map<String, Object> group =
        template.findResources("AWS::EC2::SecurityGroup").values().iterator().next();
    Map<String, Object> properties = (Map<String, Object>) group.get("Properties");
    List<String> rules = new ArrayList<>();
    for (Map<String, Object> rule :
        (List<Map<String, Object>>) properties.get("SecurityGroupEgress")) {
      Object to =
          rule.getOrDefault(
              "CidrIp",
              rule.getOrDefault("DestinationSecurityGroupId", rule.get("DestinationPrefixListId")));
      assertThat(rule.get("FromPort")).isEqualTo(rule.get("ToPort"));
      rules.add(
          "%s %s %d"
              .formatted(to, rule.get("IpProtocol"), ((Number) rule.get("FromPort")).intValue()));
    }
    return rules;
  }
}
