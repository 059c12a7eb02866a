# Camunda, Flowable, Activiti, Quartz, Spring Batch, Spring Session and JobRunr, from Maven Central, each in a schema of its own
artifacts='
org.camunda.bpm:camunda-engine:7.21.0
org.flowable:flowable-engine:6.8.0
org.flowable:flowable-engine-common:6.8.0
org.quartz-scheduler:quartz:2.3.2
org.springframework.batch:spring-batch-core:5.1.2
org.springframework.session:spring-session-jdbc:3.3.1
org.springframework.integration:spring-integration-jdbc:6.3.2
org.jobrunr:jobrunr:7.2.3
io.eventuate.local.java:eventuate-local-java-embedded-cdc:0.33.0.RELEASE
'
load() {
  local artifact files file schema
  for artifact in $artifacts; do
    files=$(maven_artifact "$artifact" 2>>"$work/load.log") || { echo "no $artifact" >>"$work/load.log"; continue; }
    schema=${artifact#*:}
    as_owner -c "create schema \"$schema\""
    # Common parts of an engine first, and creations only.
    find "$files" -iname '*postgres*.sql' | grep -viE 'drop|upgrade|update|migration' | sort | while read -r file; do
      in_source env "PGOPTIONS=-c search_path=\"$schema\",public -c client_min_messages=warning" psql -qXU judged -d workflow <"$file" >>"$work/load.log" 2>&1 || true
    done
  done
  fill
}
