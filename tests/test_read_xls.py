"""Old Excel files: read where xlrd is there, and said how to convert where not."""

import base64
import sys
import zlib

import pytest
from load_helpers import read, told, write

import mediakit as mk

BOOK = """
c-rk)O-NKx6#nj=H_kYzGh-TPAcK&VX<%*I=wz7YVni#jBB+_>1>)ey^rUQ2mI-ZwAPAB+f-TxuZ
Tg`WwFp`SMlFIMaB3L@ML`Sob?%uv(~KE7P=fKk$36F)bI<+meeeFf``)YB;M~-`+BBA+4K6I&r6
|es2}-3|BLFJ5ZKY;&FD2W-nnJ0U2C~GB$K@|QY7EtQry+6Ict#TVK<Oxk(UTl9L#v2A+=r-8eP|
^qaFaY0sNr5!vOK|ZJ<B^B`Gn<e_FQ4vO0jd|2xh}Qjl1+LJ|ye8tOAPn0oQrQo)%Q&g__0ZuZm2
p8||rqXkv{O)EQ-%1`TMJIb^1k?Z++nfWw65NTj)=V-8g`*wgrKhk$R{RsA&N_*d62K>i<ve$OBL
UK+%u{%g_z#$X@kMKVDfbhnY23+?kTu}<&VZs6d6l`u)~97!ZXmU+ga`7t~ai$^Wf%bKME$a%m@r
p)d*Z3TTJ(a}&#8PHEbsnE$p^7N_g<lm<zRW4wMPc_0DNuXdODdz=NMludR>p@;-0lJg<+h1NsV!
h#G>>1;iN9Gl?N!<}_Tu?Qras`*TSki5vk!x&Yd68K+vR=!wiee~l=&jaD=Qzh);?f3cXD8!Lcyp
e<h4hI}eGls<K8ClFKGT&xTQ&1GJcW9Cd~vF;u5mPpCNX(K;ZZo73%wn^XIb;x*5s7|-FI8RNBvk
(i;)mynX%N<5jjihXO*#BWVv#dL6)JJ#WKu-ncX^GFtZwub5dE7`g{Gk)Mbj<lPgoqpD%luSuVpY
nc1tEWdXBf=1I*g3z#J{e<kKNS&93KhPLTn@WFut2M!!KaNxkfszC5jGjqH)^Z{EP=sfzr&H|-H=
QqiJi~UH_Wzk3FUJOy5!e~+RX9L_K%OzG=C;Pupp`Th$VGuFy$6(R(mp;8j{{5`DV&LyBp<>%#ET
*6Txc#42JMk+
"""  # two rows as ProQuest exports them, made with xlwt


def book():
    return zlib.decompress(base64.b85decode(BOOK.replace("\n", "")))


def test_a_book_is_read(tmp_path):
    pytest.importorskip("xlrd", reason="xlrd, which reads .xls, is not installed")
    articles = read(write(tmp_path, "a.xls", book()))
    assert articles["title"].tolist() == ["Quay 1", "Quay 2"]
    assert articles["outlet"].tolist() == ["Herald", "Herald"]
    assert articles["published"].dt.day.tolist() == [1, 2]
    assert articles["article_id"].tolist() == ["123451", "123452"]
    assert told(articles)["rows expected"] == told(articles)["rows kept"] == 2


def test_a_damaged_book_is_an_error(tmp_path):
    pytest.importorskip("xlrd", reason="xlrd, which reads .xls, is not installed")
    with pytest.raises(mk.MediakitError, match="not a complete Excel workbook"):
        mk.read_articles(write(tmp_path, "a.xls", book()[:3_000]))


def test_without_xlrd_it_is_said_how_to_convert(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlrd", None)
    with pytest.raises(mk.MediakitError, match=r"save it as \.xlsx or \.csv, or"):
        mk.read_articles(write(tmp_path, "a.xls", book()))
