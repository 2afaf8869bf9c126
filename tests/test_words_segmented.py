"""Texts without spaces between words: refused, with the way out named."""

import math

import pytest

from mediakit.errors import MediakitError
from mediakit.text.words import check_segmented, unsegmented_share

CHINESE = "国家主席在北京会见了来访的外国领导人，双方就共同关心的问题深入交换了意见。"
JAPANESE = "首相は記者会見で、両国の関係をさらに発展させていきたいと述べました。"
THAI = "นายกรัฐมนตรีกล่าวว่ารัฐบาลจะดำเนินการตามแผนที่ได้ประกาศไว้"
KHMER = "នាយករដ្ឋមន្ត្រីបានថ្លែងថារដ្ឋាភិបាលនឹងបន្តអនុវត្តផែនការ"
LAO = "ນາຍົກລັດຖະມົນຕີກ່າວວ່າລັດຖະບານຈະດຳເນີນການຕາມແຜນ"
BURMESE = "ဝန်ကြီးချုပ်ကအစိုးရသည်စီမံကိန်းကိုဆက်လက်အကောင်အထည်ဖော်မည်ဟုပြောသည်"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CHINESE, "Chinese: 1.*jieba for Chinese"),
        (JAPANESE, "Japanese: 1.*fugashi or SudachiPy for Japanese"),
        (THAI, "Thai: 1.*PyThaiNLP"),
        (KHMER, "Khmer: 1.*khmer-nltk"),
        (LAO, "Lao: 1.*LaoNLP"),
        (BURMESE, "Burmese: 1.*PyICU"),
    ],
)
def test_text_without_spaces_is_refused_with_the_way_out(text, message):
    with pytest.raises(MediakitError, match=message) as error:
        check_segmented({"one": "Plain words.", "two": text})
    assert "['two']" in str(error.value)
    assert "NLTK TokenizerI" in str(error.value)


SEGMENTED = {
    "Chinese": "国家 主席 在 北京 会见 了 外国 领导人 ， 双方 深入 交换 意见 。",
    "Thai": "นายกรัฐมนตรี กล่าว ว่า รัฐบาล จะ ดำเนินการ ตาม แผน ที่ ได้ ประกาศ ไว้",
    "Korean": "대통령은 기자회견에서 양국 관계를 더욱 발전시키겠다고 말했다.",
    "Hindi": "प्रधानमंत्री ने कहा कि सरकार योजना पर काम करेगी।",
    "English": f"The paper Renmin Ribao wrote: “{CHINESE[:12]}”. "
    + "Words follow. " * 9,
    "empty": "",
}


@pytest.mark.parametrize("name", SEGMENTED)
def test_text_with_spaces_or_a_few_foreign_words_passes(name):
    check_segmented({"one": SEGMENTED[name]})


def test_unsegmented_share_counts_letters():
    assert unsegmented_share("abc 12 为人民服务万岁！") == 7 / 12
    assert unsegmented_share("为人民服务") == 0.0
    assert math.isnan(unsegmented_share("—"))
