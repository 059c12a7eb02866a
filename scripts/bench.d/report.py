#!/usr/bin/env python3
"""Writes sections of docs/benchmarks.md, each with a plot, from the lines that scripts/bench keeps in .lab/bench.

A section holds one data set in one size and shape; one that was there under the same heading is replaced, the rest of
the page stays. Of each tool the results of its latest version count.
"""
import json
import re
import sys
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))
from plot import plot  # noqa: E402

HOME = Path(__file__).resolve().parents[2]
PAGE = HOME / "docs" / "benchmarks.md"
SHAPES = {
    "shared": "source, target and tool on the same {cores} cores",
    "apart": "source and target on a core each, and {link} of {latency} ms there and back and {rate} Mbit/s before each of them",
}
LINKS = {"netem": "a link (the kernel's netem)", "relay": "a link (a relay in user space, since the kernel has no netem)"}
CONDITIONS = ("set", "megabytes", "shape", "jobs", "latency", "rate")


def read():
    """The results by conditions and tool."""
    groups = defaultdict(lambda: defaultdict(list))
    for file in sorted((HOME / ".lab" / "bench").glob("*.jsonl")):
        for line in file.read_text().splitlines():
            result = json.loads(line)
            groups[tuple(result[c] for c in CONDITIONS)][result["tool"]].append(result)
    for tools in groups.values():
        for tool, results in tools.items():
            tools[tool] = [r for r in results if r["version"] == results[-1]["version"]]
    return groups


def middle(results, key):
    return median(r[key] for r in results)


def seconds(results):
    """Median seconds, or none where a copy was not complete."""
    return middle(results, "seconds") if all(r["complete"] for r in results) else None


def ratio(value, base):
    return f"{value / base:.2f}" if value and base else "–"


def best(tools, prefix):
    times = [(seconds(r), tool) for tool, r in tools.items() if tool.startswith(prefix) and seconds(r)]
    return min(times, default=(None, None))


def table(tools):
    seed = seconds(tools["seed"]) if "seed" in tools else None
    peer, _ = best(tools, "pgcopydb")
    yield "| tool | median s | from – to | × seed | × pgcopydb's best | CPU s source, target, tool | tool's share | peak MiB tool, target | MB written by target, tool |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for tool, results in sorted(tools.items(), key=lambda item: middle(item[1], "seconds")):
        time = seconds(results)
        cpu = [middle(results, f"cpu_{name}") for name in ("source", "target", "tool")]
        spread = [r["seconds"] for r in results]
        yield (
            f"| {tool} | {f'{time:.1f}' if time else 'not complete'} | {min(spread):.1f} – {max(spread):.1f} ({len(spread)})"
            f" | {ratio(time, seed)} | {ratio(time, peer)} | {', '.join(f'{c:.1f}' for c in cpu)} | {cpu[2] / sum(cpu):.0%}"
            f" | {middle(results, 'peak_tool') / 2**20:.0f}, {middle(results, 'peak_target') / 2**20:.0f}"
            f" | {middle(results, 'written_target') / 1e6:.0f}, {middle(results, 'written_tool') / 1e6:.0f} |"
        )


def phases(tools):
    for tool, results in tools.items():
        took = defaultdict(list)
        for result in results:
            for phase, value in result["phases"].items():
                took[phase].append(value)
        if len(took) > 1:
            longest = sorted(((median(v), p) for p, v in took.items()), reverse=True)
            yield f"- {tool}: " + ", ".join(f"{phase} {value:.1f}" for value, phase in longest if value >= 0.1)


def goals(key, tools):
    """What is to be reached, and what was."""
    stream, unverified, seed = (tools.get(t) if t in tools and seconds(tools[t]) else None for t in ("stream", "stream-unverified", "seed"))
    peer, name = best(tools, "pgcopydb")
    goal = []
    if stream and peer and key["shape"] == "apart":
        goal.append((f"stream with full verification to pgcopydb's best ({name})", seconds(stream) / peer, 0.7))
    if stream and seed and key["shape"] == "apart":
        goal.append(("stream with full verification to the seed's procedure", seconds(stream) / seconds(seed), 0.4))
    if unverified and peer:
        goal.append(("stream without verification to pgcopydb's best", seconds(unverified) / peer, 1.0))
    if stream and seed and key["set"] == "series" and all("rows" in r["phases"] for r in stream):
        rows = median(r["phases"]["rows"] for r in stream)
        goal.append(("copy into the hypertable, read from the source included, to the seed's psql, which reads a file", rows / median(r["phases"]["load"] for r in seed), 0.33))
    if stream:
        cpu = [middle(stream, f"cpu_{name}") for name in ("source", "target", "tool")]
        goal.append(("the runner's share of all CPU of a stream", cpu[2] / sum(cpu), 0.15))
        goal.append(("the runner's peak memory in GiB", max(r["peak_tool"] for r in stream) / 2**30, 0.5))
    for what, value, limit in goal:
        yield f"| {what} | {value:.2f} | at most {limit} | {'reached' if value <= limit else '**not reached**'} |"


def section(key, tools):
    every = [r for results in tools.values() for r in results]
    first = every[0]
    shape = SHAPES[key["shape"]].format(cores=first["cores"], link=LINKS.get(first["link"], ""), **{k: key[k] for k in ("latency", "rate")})
    picture = f"benchmarks/{key['set']}-{key['megabytes']}-{key['shape']}.svg"
    (PAGE.parent / "benchmarks").mkdir(exist_ok=True)
    plot(PAGE.parent / picture, f"{key['set']}, {key['megabytes']} MB, {key['shape']}: seconds",
         {t: ([r["seconds"] for r in results], seconds(results) is not None) for t, results in tools.items()})
    yield heading(key)
    yield ""
    yield (f"{first['source_bytes'] / 1e6:.0f} MB on the source; {shape}; {key['jobs']} jobs; TLS on; {min(r['at'] for r in every)[:16]}Z"
           f" to {max(r['at'] for r in every)[:16]}Z{pause(every)}. Other processes of the machine took {middle(every, 'cpu_other'):.1f} CPU s"
           f" beside a run (median; at most {max(r['cpu_other'] for r in every):.1f}){relay(every)}.")
    yield f"`scripts/bench --set {key['set']} --megabytes {key['megabytes']} --shape {key['shape']} --tools {','.join(tools)} --runs {max(map(len, tools.values()))} --jobs {key['jobs']} --write`"
    yield ""
    yield from table(tools)
    yield ""
    yield f"![{key['set']}, {key['shape']}]({picture})"
    yield ""
    reached = list(goals(key, tools))
    if reached:
        yield from ["| goal | measured | to reach | |", "|---|---|---|---|", *reached, ""]
    yield "Seconds by phase (phases overlap in stream mode where the tool overlaps them):"
    yield ""
    yield from phases(tools)
    yield ""
    yield "Versions: " + ", ".join(sorted({r["version"] for r in every})) + "."
    yield ""


def pause(every):
    """A machine is not tomorrow what it is today, so ratios of different days say little."""
    runs = sorted((datetime.fromisoformat(r["at"].rstrip("Z")), r["seconds"]) for r in every)
    longest = max(((later - earlier).total_seconds() - took for (earlier, _), (later, took) in zip(runs, runs[1:])), default=0)
    return f", **not in one go** (a pause of {longest / 3600:.0f} h)" if longest > 3600 else ""


def relay(every):
    used = [r["cpu_link"] for r in every if r["link"] == "relay"]
    return f", the relay {median(used):.1f}" if used else ""


def heading(key):
    return f"## {key['set']}, {key['megabytes']} MB, {key['shape']}"


def main():
    page = PAGE.read_text()
    for values, tools in sorted(read().items()):
        key = dict(zip(CONDITIONS, values))
        text = "\n".join(section(key, tools)) + "\n"
        old = re.search(rf"^{re.escape(heading(key))}\n.*?(?=^## |\Z)", page, re.M | re.S)
        page = page[: old.start()] + text + page[old.end() :] if old else page.rstrip("\n") + "\n\n" + text
    PAGE.write_text(page.rstrip("\n") + "\n")


if __name__ == "__main__":
    main()
