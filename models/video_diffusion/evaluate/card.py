"""The model card from the figures of an evaluation: tables with intervals, pictures, what failed, what it cost.

Writes Markdown; computes nothing. What was not measured is said to be missing, never left out in silence.
"""

from collections.abc import Mapping
from typing import Any

from .intervals import spoken
from .world import FACTORS

HONESTY = (
    "This is a narrow synthetic world, drawn by a program; figures here are not comparable with published FVD or CLIP "
    "scores, and the judges know this world only."
)
COMMAND = "python -m video_diffusion.evaluate"
# Below this accuracy on true clips an oracle's word on a factor is worth little.
_GOOD_JUDGE = 0.9
_ROWS = (*FACTORS, "moving motion", "all")
# What the pack is meant to reach on held-out prompts.
TARGETS = {"place": 0.95, "hour": 0.95, "weather": 0.95, "colour": 0.90, "subject": 0.90, "moving motion": 0.90}
PSNR_TARGETS = {"ssr-48": 2.0, "ssr-192": 3.0, "ssr-768": 2.0, "tsr-6": 2.0, "tsr-12": 2.0, "tsr-24": 2.0}

Figures = Mapping[str, Any]


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def card(figures: Figures, sheets: list[tuple[str, str]]) -> str:
    """The whole card. ``sheets`` are (file name, what it shows)."""
    parts = [
        "# Papercut: model card",
        HONESTY,
        _left(figures),
        _what_it_is(figures),
        _judges(figures),
        *[_attributes(stage, figures) for stage in figures.get("attributes", {}) if "ceiling" in figures],
        _against_targets(figures),
        _distances(figures),
        _enlargement(figures),
        _rest(figures),
        _pictures(sheets),
        _compute(figures),
        f"## Again\n\nFrom the repository's `models/` folder:\n\n```\n{figures['command']}\n```",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _left(figures: Figures) -> str:
    left = figures.get("left for want of time", [])
    return f"**Not measured yet, for want of time: {', '.join(left)}. The same command goes on.**" if left else ""


def _what_it_is(figures: Figures) -> str:
    settings = figures.get("settings", {})
    if not settings:
        return "**No denoiser was evaluated: there is no checkpoint. What follows measures the judges alone.**"
    rows = [
        [stage, str(s["steps"]), s["sampler"], s["guidance"], "yes" if s["distilled"] else "no"]
        for stage, s in settings.items()
    ]
    missing = figures.get("missing stages", [])
    note = f"\n\nWithout a checkpoint, and so not evaluated: {', '.join(missing)}." if missing else ""
    return "## What was evaluated\n\n" + table(["stage", "steps", "sampler", "guidance", "distilled"], rows) + note


def _judges(figures: Figures) -> str:
    oracles = figures["oracles"]
    rows = [
        [
            which,
            o["network"],
            f"{o['seconds'] / 60:.0f} min",
            *(f"{o['validation'][f]:.2f}" for f in (*FACTORS, "refused")),
        ]
        for which, o in oracles.items()
    ]
    return (
        "## The judges\n\n"
        "Two trained oracles of different architecture: one selects settings, the other reports. Both may answer "
        "*unclear*, which is never right; they were taught to on spoilt clips (*refused*: how often they do so there). "
        "Their accuracy on true clips bounds everything below. A third judge has no weights: it finds colour and "
        "direction in the pixels.\n\n"
        + _taught_by_judge(figures)
        + table(["oracle", "network", "trained", *FACTORS, "refused"], rows)
        + _analytic(figures)
        + _not_yet(oracles)
    )


def _taught_by_judge(figures: Figures) -> str:
    """A warning where a judge has taught a stage: its word on that stage is worth nothing any more."""
    taught = {stage: of["judges"] for stage, of in figures.get("settings", {}).items() if of.get("judges")}
    if not taught:
        return ""
    said = "; ".join(f"{stage} by `{'` and `'.join(judges)}`" for stage, judges in taught.items())
    return (
        f"**Some judges have taught** (reward fine-tuning, after distillation): {said}. What they say of these clips "
        "is no evidence. The reporting oracle had no part in that.\n\n"
    )


def _analytic(figures: Figures) -> str:
    if "ceiling" not in figures:
        return ""
    found = figures["ceiling"]["analytic"]
    return (
        f"\n\nAnalytic, on true clips: colour {spoken(found['colour'])}, direction {spoken(found['direction'])}, "
        f"median error of position {found['position']['median_error_heights']:.3f} of the frame's height."
    )


def _not_yet(oracles: Figures) -> str:
    """A warning where a judge is itself too often wrong."""
    weak = []
    for which, oracle in oracles.items():
        low = {f: oracle["validation"][f] for f in FACTORS if oracle["validation"][f] < _GOOD_JUDGE}
        if low:
            weak.append(f"{which}: {', '.join(f'{factor} {rate:.2f}' for factor, rate in low.items())}")
    return f"\n\n**Too often wrong on true clips to judge by: {'; '.join(weak)}. Train them further.**" if weak else ""


def _attributes(stage: str, figures: Figures) -> str:
    found, ceiling = figures["attributes"][stage], figures["ceiling"]
    names = list(found)
    head = ["factor", *(f"{name} pairs" for name in names), "true clips (ceiling)", "shuffled captions (floor)"]
    last = names[-1]
    rows = []
    for factor in _ROWS:
        cells = [found[name]["report"]["accuracy"].get(factor) for name in names]
        cells.append(ceiling[last]["report"]["accuracy"].get(factor))
        cells.append(found[last]["report"]["shuffled captions"].get(factor))
        rows.append([factor, *(spoken(cell) if cell else "–" for cell in cells)])
    precision = [found[name]["report"]["R-precision"]["R-precision"] for name in names]
    precision.append(ceiling[last]["report"]["R-precision"]["R-precision"])
    rows.append(["R-precision", *(spoken(cell) for cell in precision), "–"])
    analytic = [found[name]["analytic"] for name in names]
    for what in ("colour", "direction"):
        cells = [spoken(a[what]) if what in a else "–" for a in analytic]
        rows.append([f"{what} (analytic)", *cells, spoken(ceiling["analytic"][what]), "–"])
    count = found[last]["report"]["accuracy"]["all"]["count"]
    return (
        f"## Does it show what was asked for? Clips of stage `{stage}`\n\n"
        f"{count} prompts of each kind, one seed each; rates with Wilson 95 % intervals; the reporting oracle. "
        "R-precision: the right caption is likelier than captions that differ in one factor.\n\n" + table(head, rows)
    )


def _against_targets(figures: Figures) -> str:
    missed = []
    for stage, found in figures.get("attributes", {}).items():
        rates = found.get("held-out", {}).get("report", {}).get("accuracy", {})
        for factor, target in TARGETS.items():
            if factor in rates and rates[factor]["rate"] < target:
                missed.append(f"- `{stage}`, {factor}: {spoken(rates[factor])}, aimed at {target:.2f}")
    for stage, found in figures.get("true inputs", {}).items():
        gain = found["gain over the best simple method"]
        if gain < PSNR_TARGETS[stage]:
            missed.append(
                f"- `{stage}`: {gain:+.2f} dB over the best simple method, aimed at +{PSNR_TARGETS[stage]:.0f}"
            )
    if not figures.get("attributes") and not figures.get("true inputs"):
        return ""
    if not missed:
        return "## What was not reached\n\nEverything that was aimed at was reached."
    return (
        "## What was not reached\n\n" + "\n".join(missed) + "\n\nThe base model comes first: nothing above it can mend "
        "what it draws wrongly. More training of the base at the same size moves these figures; so does the larger "
        "ladder."
    )


def _distances(figures: Figures) -> str:
    found = figures.get("distances")
    if not found:
        return ""
    views = list(found["floor"])
    rows = [["true against true (floor)", *(f"{found['floor'][view]:.3f}" for view in views)]]
    if "base" in found:
        rows.append(["**generated (base)**", *(f"{found['base'][view]:.3f}" for view in views)])
    for kind, rungs in found["ladder"].items():
        rows += [[f"true, {kind} {r['strength']:g}", *(f"{r[view]:.3f}" for view in views)] for r in rungs]
    unordered = [f"{kind} in {view}" for kind, by in found["ordered"].items() for view, ok in by.items() if not ok]
    note = f"Not ordered by strength: {', '.join(unordered)}." if unordered else "Every ladder is climbed in order."
    return (
        "## Fréchet distances\n\nOn features of the reporting oracle, "
        f"{found['clips']} clips against as many others. {note}\n\n" + table(["clips", *views], rows)
    )


def _enlargement(figures: Figures) -> str:
    found = figures.get("true inputs")
    if not found:
        return ""
    rows = []
    for stage, true in found.items():
        made = figures.get("generated inputs", {}).get(stage)
        simple = ", ".join(f"{name} {value:.1f}" for name, value in true["psnr"].items() if "stage" not in name)
        row = [
            stage,
            f"{true['psnr']['stage']:.1f} ({true['psnr']['stage, usual noise']:.1f})",
            simple,
            f"{true['gain over the best simple method']:+.2f}",
            ", ".join(f"{v:+.2f}" for v in made["mean colour shift"]) if made else "–",
        ]
        lively = [f"{made[n]['flicker']:.2f} / {made[n]['motion']:.2f}" if made else "–" for n in ("stage", "simple")]
        rows.append([*row, *lively])
    head = [
        "stage",
        "PSNR (with the usual noise)",
        "simple methods",
        "gain",
        "colour shift R, G, B (1/255)",
        "flicker / motion",
        "simple",
    ]
    return (
        "## Super-resolution\n\nPSNR in dB on true inputs (temporal stages: the frames between the real ones); "
        "colour shift, flicker and motion on generated inputs.\n\n" + table(head, rows)
    )


def _rest(figures: Figures) -> str:
    parts = []
    if "liveliness" in figures:
        both = figures["liveliness"]
        rows = [[name, f"{v['motion']:.2f}", f"{v['flicker']:.2f}"] for name, v in both.items()]
        parts.append("## Motion and flicker (base)\n\n" + table(["clips", "motion (1/255)", "flicker (1/255)"], rows))
    if "variety" in figures:
        v = figures["variety"]
        rows = [[name, f"{d['median']:.3f}", f"{d['least']:.3f}"] for name, d in v["nearest training clip"].items()]
        parts.append(
            f"## Variety\n\nDistance among seeds of one prompt, over that among prompts: {v['seed diversity']:.2f}. "
            "Distance to the nearest training clip:\n\n" + table(["clips", "median", "least"], rows)
        )
    if "guidance sweep" in figures:
        rows = [
            [name, *(f"{f[k]:.2f}" for k in ("subject", "colour", "motion", "all")), f"{f['clipped pixels']:.3f}"]
            for name, f in figures["guidance sweep"].items()
        ]
        head = ["setting", "subject", "colour", "motion", "all", "clipped pixels"]
        parts.append("## Guidance (the selecting oracle)\n\n" + table(head, rows))
    if "teacher and student" in figures:
        both = figures["teacher and student"]
        rows = [[f, *(spoken(both[who][f]) for who in ("teacher", "student"))] for f in _ROWS if f in both["teacher"]]
        parts.append(
            f"## Teacher and student\n\nThe same prompts and seeds; PSNR between them {both['psnr']:.1f} dB.\n\n"
            + table(["factor", "teacher", "student"], rows)
        )
    if "exported" in figures:
        e = figures["exported"]
        parts.append(
            f"## Torch and the exported graph\n\n{e['clips']} whole base clips: largest difference "
            f"{e['largest difference']}/255, mean {e['mean difference']}/255, least PSNR {e['least psnr']} dB."
        )
    return "\n\n".join(parts)


def _pictures(sheets: list[tuple[str, str]]) -> str:
    if not sheets:
        return ""
    return "## Pictures\n\nNothing was chosen: seeds in order, failures included.\n\n" + "\n\n".join(
        f"![{what}]({name})\n\n{what}" for name, what in sheets
    )


def _compute(figures: Figures) -> str:
    rows = [
        [stage, str(spent["steps"]), f"{spent['seconds'] / 3600:.2f}"]
        for stage, spent in figures.get("compute", {}).items()
    ]
    if not rows:
        return ""
    total = sum(spent["seconds"] for spent in figures["compute"].values()) / 3600
    return (
        "## Compute spent\n\nFrom the checkpoints' headers, wall-clock hours of training (waiting on a shared machine "
        f"included), {total:.2f} in all.\n\n" + table(["stage", "optimiser steps", "hours"], rows)
    )
