"""A bar chart as SVG: a tool a line, its median as a bar, and the spread of its runs as a thin line."""
from html import escape
from statistics import median

LEFT, WIDTH, LINE = 170, 520, 22


def plot(file, title, tools):
    """tools: name -> (seconds of the runs, whether the copies were complete)"""
    longest = max(max(runs) for runs, _ in tools.values())
    scale = WIDTH / longest
    height = LINE * (len(tools) + 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 70}" height="{height}" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="8" y="16" font-weight="bold">{escape(title)}</text>',
    ]
    for line, (tool, (runs, complete)) in enumerate(sorted(tools.items(), key=lambda item: median(item[1][0]))):
        top = LINE * (line + 1) + 6
        middle = median(runs)
        colour = "#1f6f8b" if tool.startswith(("stream", "dump")) else "#b0b7bd" if complete else "#e3a6a0"
        parts += [
            f'<text x="{LEFT - 8}" y="{top + 12}" text-anchor="end">{escape(tool)}</text>',
            f'<rect x="{LEFT}" y="{top}" width="{middle * scale:.1f}" height="15" fill="{colour}"/>',
            f'<path d="M{LEFT + min(runs) * scale:.1f} {top + 7.5}H{LEFT + max(runs) * scale:.1f}" stroke="black"/>',
            f'<text x="{LEFT + max(runs) * scale + 6:.1f}" y="{top + 12}">{middle:.1f}{"" if complete else ", not complete"}</text>',
        ]
    file.write_text("\n".join([*parts, "</svg>", ""]))
