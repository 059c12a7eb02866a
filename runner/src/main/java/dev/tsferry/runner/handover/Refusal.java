package dev.tsferry.runner.handover;

/** A statement that the target refused, in the server's own words. */
public record Refusal(TargetStatement statement, String reason) {}
