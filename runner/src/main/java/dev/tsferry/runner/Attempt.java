package dev.tsferry.runner;

import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.state.Journal;
import dev.tsferry.runner.state.RunDirectory;
import dev.tsferry.runner.state.RunLog;
import dev.tsferry.runner.step.Workspace;
import java.util.List;

/** What belongs to one attempt of a run, from its beginning to its end. */
record Attempt(
    RunDirectory directory,
    RunLog log,
    Workspace workspace,
    List<Step> steps,
    Server source,
    Server target,
    Journal journal) {}
