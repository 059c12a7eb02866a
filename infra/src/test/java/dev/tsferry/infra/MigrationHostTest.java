package dev.tsferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** The host in the template: what it is, what it is not, and what changes it. */
class MigrationHostTest {
  private static final String TEMPLATE = "AWS::EC2::LaunchTemplate";
  private static Template sample;

  @BeforeAll
  static void synthesize() {
    sample = SampleStack.template();
  }

  @Test
  void host_hasNoInboundRule_andNoKeyPair() {
    sample.hasResourceProperties(
        "AWS::EC2::SecurityGroup", Map.of("SecurityGroupIngress", Match.absent()));
    sample.hasResourceProperties(TEMPLATE, data(Map.of("KeyName", Match.absent())));
    sample.resourceCountIs("AWS::EC2::SecurityGroupIngress", 1);
  }

  @Test
  void host_requiresImdsV2OneHopAway_isPinned_andTerminatesOnShutdown() {
    sample.hasResourceProperties(
        TEMPLATE,
        data(
            Map.of(
                "MetadataOptions",
                Match.objectLike(Map.of("HttpTokens", "required", "HttpPutResponseHopLimit", 1)),
                "ImageId",
                "ami-0a1b2c3d",
                "InstanceInitiatedShutdownBehavior",
                "terminate")));
  }

  @Test
  void volumes_areEncrypted_haveThePlansSizeAndSpeed_andGoWithTheHost() {
    sample.hasResourceProperties(
        TEMPLATE,
        data(
            Map.of(
                "BlockDeviceMappings",
                List.of(
                    volume(20, 3000, 125, Match.absent()),
                    volume(40, 4000, 500, Match.absent())))));
    sample.resourceCountIs("AWS::EC2::Volume", 0);
  }

  @Test
  void volumes_withTheCustomersKeys_areEncryptedWithThem() {
    String key = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455551234";
    Template template =
        SampleStack.template(
            text ->
                text.replace(
                    "\"throughputMibps\" : 500",
                    "\"throughputMibps\" : 500, \"kmsKeyArn\" : \"" + key + "\""));

    template.hasResourceProperties(
        TEMPLATE,
        data(
            Map.of(
                "BlockDeviceMappings",
                List.of(volume(20, 3000, 125, Match.absent()), volume(40, 4000, 500, key)))));
  }

  private static Object volume(int size, int iops, int throughput, Object key) {
    Map<String, Object> ebs =
        Map.of(
            "VolumeType", "gp3",
            "VolumeSize", size,
            "Iops", iops,
            "Throughput", throughput,
            "Encrypted", true,
            "DeleteOnTermination", true,
            "KmsKeyId", key);
    return Match.objectLike(Map.of("Ebs", Match.objectLike(ebs)));
  }

  @Test
  void subnet_decidesAboutThePublicAddress() {
    sample.hasResourceProperties(TEMPLATE, data(Map.of("NetworkInterfaces", interfaceWith(true))));
    SampleStack.template(
            text -> text.replace("\"publicAddress\" : true", "\"publicAddress\" : false"))
        .hasResourceProperties(TEMPLATE, data(Map.of("NetworkInterfaces", interfaceWith(false))));
  }

  private static List<Object> interfaceWith(boolean publicAddress) {
    return List.of(
        Match.objectLike(
            Map.of(
                "AssociatePublicIpAddress",
                publicAddress,
                "SubnetId",
                "subnet-0a1b2c3d",
                "DeleteOnTermination",
                true)));
  }

  /** What of the plan the host is made from, and nothing else of it replaces or restarts it. */
  @Test
  void host_ofPlansThatDifferInAllButTheirHost_isTheSame() {
    UnaryOperator<String> other =
        text ->
            text.replace("orders.tsdb.cloud.test", "other.tsdb.cloud.test")
                .replace("31000", "5433")
                .replace("tsdbadmin", "owner")
                .replace("700000000", "900000000")
                .replace("15.18", "15.19")
                .replace("orders_admin", "somebody")
                .replace("\"readings\"", "\"events\"")
                .replace("\"roles\" : true", "\"roles\" : false")
                .replace("\"clientMajor\" : 15", "\"clientMajor\" : 16")
                .replace(
                    "\"ubuntu\" :",
                    "\"timeToLiveHours\" : 9, \"software\" : {\"proxy\" : \"http://p.test:1\"},"
                        + " \"network\" : {\"httpsRanges\" : [\"10.0.0.0/8\"]}, \"ubuntu\" :");
    Template template = SampleStack.template(other);

    assertThat(template.findResources("AWS::EC2::SecurityGroup"))
        .as("the plans do differ")
        .isNotEqualTo(sample.findResources("AWS::EC2::SecurityGroup"));
    for (String type : List.of(TEMPLATE, "AWS::EC2::Instance", "AWS::IAM::InstanceProfile")) {
      assertThat(template.findResources(type)).isEqualTo(sample.findResources(type));
    }
    assertThat(template.findResources("AWS::SSM::Document"))
        .isEqualTo(sample.findResources("AWS::SSM::Document"));
  }

  @Test
  void userData_isTheSameForEveryMigration() {
    String own = userData(sample);
    String other =
        userData(
            SampleStack.template(
                text ->
                    text.replace("\"name\" : \"orders\"", "\"name\" : \"billing\"")
                        .replace("us-east-1", "eu-west-1")
                        .replace("m7i.large", "m7g.xlarge")));

    assertThat(own).isEqualTo(other).contains("tsferry-unprepared.timer");
  }

  private static String userData(Template template) {
    String text = template.findResources(TEMPLATE).toString();
    return new String(
        Base64.getDecoder().decode(text.replaceAll("(?s).*UserData=([A-Za-z0-9+/=]+).*", "$1")),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Map<String, Object> data(Map<String, Object> properties) {
    return Map.of("LaunchTemplateData", Match.objectLike(properties));
  }
}
