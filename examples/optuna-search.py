"""An optimiser outside of mora: Optuna chooses designs, mora evaluates them, two at a time.

    pip install optuna
    python3 examples/optuna-search.py examples/digits-space.ts 200

Talks to `mora ask-tell` over JSON lines (docs/explore.md). What has been evaluated is in results.jsonl, and is not computed again
when the script is run again: with the same seed it asks for the same designs.
"""

import json
import subprocess
import sys

import optuna

SPACE, TRIALS, AT_ONCE = sys.argv[1], int(sys.argv[2]), 2

mora = subprocess.Popen(
    ["npx", "mora", "ask-tell", SPACE, "-o", "results.jsonl", "--workers", str(AT_ONCE)],
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
    text=True,
    bufsize=1,
)
space = json.loads(mora.stdout.readline())
directions = ["maximize" if way == "max" else "minimize" for way in space["objectives"].values()]
study = optuna.create_study(directions=directions, sampler=optuna.samplers.NSGAIISampler(seed=1))


def suggest(trial, axis):
    if "values" in axis:
        return trial.suggest_categorical(axis["name"], axis["values"])
    if axis["whole"]:
        return trial.suggest_int(axis["name"], axis["low"], axis["high"], log=axis["log"])
    return trial.suggest_float(axis["name"], axis["low"], axis["high"], log=axis["log"])


def ask():
    trial = study.ask()
    # Axes that do not count beside the others may be given all the same.
    choices = {axis["name"]: suggest(trial, axis) for axis in space["axes"]}
    mora.stdin.write(json.dumps({"id": trial.number, "choices": choices}) + "\n")
    mora.stdin.flush()
    return trial


trials = {}
told = 0
while told < TRIALS:
    while len(trials) < AT_ONCE and told + len(trials) < TRIALS:
        trial = ask()
        trials[trial.number] = trial
    answer = json.loads(mora.stdout.readline())
    trial = trials.pop(answer["id"])
    told += 1
    values = list(answer.get("values", {}).values())
    if answer["status"] == "done":
        study.tell(trial, values)
    else:
        # Infeasible, failed or refused: there is no value to learn from.
        study.tell(trial, state=optuna.trial.TrialState.FAIL)

mora.stdin.close()
mora.wait()
for trial in study.best_trials:
    print(trial.params, dict(zip(space["objectives"], trial.values)))
