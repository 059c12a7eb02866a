package dev.tsferry.runner.step;

import dev.tsferry.plan.DataMode;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.quiesce.QuiesceStep;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The order of the steps; data mode {@code stream} has a copy where {@code dump} has files. */
public final class DumpPipeline {
  private DumpPipeline() {}

  /** The steps, in order. */
  public static List<Step> steps(Workspace workspace) {
    boolean streams = workspace.pipeline().dataMode() == DataMode.STREAM;
    Set<String> ofStream = Set.of(CatalogueStep.ID, CopyStep.ID);
    return Stream.of(
            new PreflightStep(workspace),
            new ExtensionStep(workspace),
            new QuiesceStep(
                workspace.source(), workspace.pipeline().quiesce(), workspace.readOnly()),
            new DumpStep(workspace),
            new RolesStep(workspace),
            new RestoringStep(
                workspace,
                new SchemaStep(
                    workspace, "pre-data", "create schemas and tables", DumpDirectory.PRE_DATA)),
            new HypertablesStep(workspace),
            new RestoringStep(workspace, new CatalogueStep(workspace)),
            new RestoringStep(workspace, new CopyStep(workspace)),
            new RestoringStep(workspace, new DataStep(workspace)),
            new RestoringStep(
                workspace,
                new SchemaStep(
                    workspace,
                    "post-data",
                    "create indexes, keys and triggers",
                    DumpDirectory.POST_DATA)),
            new HypertableKeysStep(workspace),
            new RefreshStep(workspace),
            new SettingsStep(workspace),
            new AnalyzeStep(workspace),
            new VerifyStep(workspace),
            new JobsStep(workspace),
            new PoliciesStep(workspace))
        .filter(step -> streams || !ofStream.contains(step.id()))
        .toList();
  }
}
