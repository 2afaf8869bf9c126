"""Does `score_labels` take a model of Hugging Face that lies on disk?

Run: python benchmarks/own_model.py in an environment with mediakit, transformers,
tensorflow-cpu and tf-keras, without a network. It makes a BERT of one layer with random
weights, whose labels mean nothing; what is checked is the way through: the pipeline's
own labels, sentence by sentence, are added up.
"""

import os
import tempfile
from pathlib import Path

os.environ |= {"HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""}

import pandas as pd  # noqa: E402
import tensorflow as tf  # noqa: E402
import transformers  # noqa: E402

import mediakit as mk  # noqa: E402

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] a good bad day it rained the minister won won ."
LABELS = dict(enumerate(["negative", "neutral", "positive"]))
WORTH = {"negative": -1, "neutral": 0, "positive": 1}
SENTENCES = [
    ["A good day.", "It rained.", "The minister won."],
    ["A bad day.", "The minister won.", "It rained."],
    ["It rained.", "It rained.", "Good minister."],
]


def made(folder: Path) -> str:
    """Write a model of random weights with its tokenizer; return where."""
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS.split()), encoding="utf-8")
    tokenizer = transformers.BertTokenizerFast(str(folder / "vocab.txt"))
    config = transformers.BertConfig(
        vocab_size=len(WORDS.split()),
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        initializer_range=2.0,
        id2label=LABELS,
        label2id={label: number for number, label in LABELS.items()},
    )
    tf.random.set_seed(1)
    model = transformers.TFBertForSequenceClassification(config)
    model(model.dummy_inputs)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


def main() -> None:
    """Hold the scores of mediakit against the pipeline's labels."""
    texts = [" ".join(several) for several in SENTENCES]
    table = pd.DataFrame({"outlet": ["A", "B", "B"], "text": texts})
    corpus = mk.tokenize(mk.read_articles(table))
    with tempfile.TemporaryDirectory() as place:
        folder = made(Path(place) / "tiny")
        own = transformers.pipeline("text-classification", folder, framework="tf")
        told = [[one["label"] for one in own(several)] for several in SENTENCES]
        sums = [[float(sum(WORTH[label] for label in one))] for one in told]
        assert len({label for one in told for label in one}) > 1, "all labels alike"
        for options in ({}, {"top_k": None}):
            pipeline = transformers.pipeline(
                "text-classification", folder, framework="tf", **options
            )
            tone = mk.score_labels(corpus, pipeline)
            assert tone.values.toarray().tolist() == sums, (told, tone.values)
            assert tone.exposure.tolist() == [[3.0]] * 3
            assert tone.provenance["model"] == "tiny"
    print(f"transformers {transformers.__version__}: {told}, added up alike")


if __name__ == "__main__":
    main()
