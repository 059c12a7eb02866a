# Camunda, Flowable, Quartz, Spring Batch, Integration and Session, from Maven Central, each in a schema of its own
artifacts='
org.camunda.bpm:camunda-engine:7.21.0
org.flowable:flowable-engine-common:6.8.0
org.flowable:flowable-entitylink-service:6.8.0
org.flowable:flowable-identitylink-service:6.8.0
org.flowable:flowable-job-service:6.8.0
org.flowable:flowable-task-service:6.8.0
org.flowable:flowable-variable-service:6.8.0
org.flowable:flowable-eventsubscription-service:6.8.0
org.flowable:flowable-batch-service:6.8.0
org.flowable:flowable-idm-engine:6.8.0
org.flowable:flowable-engine:6.8.0
org.quartz-scheduler:quartz:2.3.2
org.springframework.batch:spring-batch-core:5.1.2
org.springframework.session:spring-session-jdbc:3.3.1
org.springframework.integration:spring-integration-jdbc:6.3.2
'
load() {
  local artifact files file schema
  for artifact in $artifacts; do
    files=$(maven_artifact "$artifact" 2>>"$work/load.log")
    schema=${artifact%%:*}
    as_owner -c "create schema if not exists \"$schema\""
    # Creations only; an engine has others for each older version.
    for file in $(find "$files" -iname '*postgres*.sql' | grep -viE 'drop|upgrade|update|migration|/all/' | sort); do
      in_source env "PGOPTIONS=-c search_path=\"$schema\",public -c client_min_messages=warning" psql -qXU judged -d workflow <"$file" >>"$work/load.log" 2>&1 || true
    done
  done
  fill
}
