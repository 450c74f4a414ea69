/* SPDX-License-Identifier: MIT */
#include "kt_test.h"

#include <kaitei/text.h>

static struct kt_notation *notation;
static struct kt_buf one = KT_BUF_INIT, two = KT_BUF_INIT;

static int
begin(void)
{
	notation = kt_notation_new();
	return 0;
}

static int
end(void)
{
	kt_notation_free(notation);
	kt_buf_release(&one);
	kt_buf_release(&two);
	return 0;
}

static const char *
folded(struct kt_buf *out, const char *text)
{
	kt_buf_clear(out);
	kt_fold_notation(notation, out, text, strlen(text));
	return out->p;
}

struct pair {
	const char *a, *b;
};

static void
all_equal(const struct pair *pairs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		folded(&one, pairs[i].a);
		folded(&two, pairs[i].b);
		if (strcmp(one.p, two.p) != 0)
			printf("\n    %s / %s", pairs[i].a, pairs[i].b);
		KT_STR(one.p, two.p);
	}
}

static void
test_width_and_punctuation_are_notation(void)
{
	static const struct pair pairs[] = {
		{ "１２３", "123" },
		{ "ＩＣカード", "ICカード" },
		{ "（略）", "(略)" },
		{ "２０％", "20%" },
		{ "ｼｽﾃﾑ", "システム" },
		{ "ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン" },
		{ "第１条　この規程", "第1条 この規程" },
		{ "市長は，定める．", "市長は、定める。" },
		{ "東京～大阪", "東京〜大阪" },
		{ "０３－１２３４", "03-1234" },
		{ "03‐1234", "03-1234" },
		{ "03−1234", "03-1234" },
		{ "Ｗｉ－Ｆｉ", "Wi-Fi" },
		{ "㍻20年", "平成20年" },
		{ "㋿元年", "令和元年" },
		{ "㈱何某", "(株)何某" },
		{ "5㎏", "5kg" },
		{ "10㌔", "10キロ" },
		{ "5㎡", "5m²" },
		{ "前項⑴", "前項(1)" },
		{ "（１）", "(1)" },
		{ "⺟子家庭", "母子家庭" },
		{ "⽇本", "日本" },
		{ "か\u3099いとう", "がいとう" },
	};

	all_equal(pairs, KT_COUNT(pairs));
}

static void
test_labels_are_compared_by_number(void)
{
	static const struct pair pairs[] = {
		{ "第十二条", "第12条" },
		{ "第１２条", "第12条" },
		{ "第一二条", "第十二条" },
		{ "第三十九条の二の三第一項", "第39条の2の3第1項" },
		{ "第百五条第二項第三号", "第105条第2項第3号" },
		{ "第一〇五条", "第百五条" },
		{ "第四章の二", "第4章の2" },
		{ "別表第一", "別表第1" },
		{ "別表第一の二", "別表第1の2" },
		{ "様式第二号", "様式第2号" },
		{ "附則第三項", "附則第3項" },
		{ "第一四半期", "第1四半期" },
		{ "第二種", "第2種" },
		{ "第三月曜日", "第3月曜日" },
		{ "前二項", "前2項" },
		{ "第九条の二から第九条の四まで", "第9条の2から第9条の4まで" },
		{ "第三条の一部を改正する", "第3条の一部を改正する" },
		{ "第十条の二以上の者", "第10条の二以上の者" },
	};

	all_equal(pairs, KT_COUNT(pairs));
}

static void
test_amounts_are_compared_by_value(void)
{
	static const struct pair pairs[] = {
		{ "三箇月", "3か月" },
		{ "３ヶ月", "3か月" },
		{ "３ヵ月", "三カ月" },
		{ "3ケ月", "3か月" },
		{ "三月以内に", "3か月以内に" },
		{ "六月以下の懲役", "6か月以下の懲役" },
		{ "三月を経過した日", "3箇月を経過した日" },
		{ "百分の五", "5％" },
		{ "100分の5", "五パーセント" },
		{ "百分の七・五", "7.5%" },
		{ "〇・五パーセント", "0.5%" },
		{ "三分の二以上", "3分の2以上" },
		{ "十分の一", "10分の1" },
		{ "１万円", "10,000円" },
		{ "一万円", "10000円" },
		{ "一億二千万円", "1億2,000万円" },
		{ "1.5億円", "1億5,000万円" },
		{ "3千円", "3,000円" },
		{ "二〇〇〇円", "2,000円" },
		{ "千二百三十四人", "1,234人" },
		{ "三十日以内", "30日以内" },
		{ "十日", "10日" },
		{ "一日につき", "1日につき" },
		{ "二十歳未満", "20歳未満" },
		{ "十八歳", "18歳" },
		{ "一年", "1年" },
		{ "五年間保存する", "5年間保存する" },
		{ "二十四時間", "24時間" },
		{ "三十分以内", "30分以内" },
		{ "午前九時三十分", "午前9時30分" },
		{ "午後一時", "午後1時" },
		{ "一人", "1人" },
		{ "二名以上", "2名以上" },
		{ "二つ以上", "2つ以上" },
		{ "三箇所", "3か所" },
		{ "三ヶ所", "3カ所" },
		{ "十文字以上", "10文字以上" },
		{ "八桁", "8けた" },
		{ "三倍", "3倍" },
		{ "二回", "2回" },
		{ "二週間", "2週間" },
		{ "五キログラム", "5㎏" },
		{ "百平方メートル", "100㎡" },
		{ "2キロメートル", "2km" },
		{ "十部", "10部" },
		{ "二通", "2通" },
		{ "数十人", "数10人" },
		{ "一人当たり", "1人あたり" },
		{ "十二箇月", "一二か月" },
	};

	all_equal(pairs, KT_COUNT(pairs));
}

static void
test_dates_are_compared_by_day(void)
{
	static const struct pair pairs[] = {
		{ "令和8年4月1日", "2026年4月1日" },
		{ "令和八年四月一日", "令和８年４月１日" },
		{ "平成元年一月八日", "1989年1月8日" },
		{ "昭和64年1月7日", "1989-01-07" },
		{ "R8.4.1", "令和8年4月1日" },
		{ "2026/4/1", "2026年4月1日" },
		{ "令和八年度", "2026年度" },
		{ "令和8年4月", "2026年4月" },
		{ "平成三十一年", "2019年" },
		{ "三月三十一日", "3月31日" },
		{ "四月一日から", "4月1日から" },
		{ "毎月一日", "毎月1日" },
		{ "二〇二六年四月一日", "2026年4月1日" },
	};

	all_equal(pairs, KT_COUNT(pairs));
}

static void
test_okurigana_of_verbs_is_notation(void)
{
	static const struct pair pairs[] = {
		{ "行う", "行なう" },
		{ "行わなければならない", "行なわなければならない" },
		{ "行った", "行なった" },
		{ "行い、", "行ない、" },
		{ "点検を行うものとする", "点検をおこなうものとする" },
		{ "表す", "表わす" },
		{ "著した", "著わした" },
		{ "現れる", "現われる" },
		{ "断り", "断わり" },
		{ "賜る", "賜わる" },
		{ "承る", "承わる" },
		{ "浮かぶ", "浮ぶ" },
		{ "生まれる", "生れる" },
		{ "押さえる", "押える" },
		{ "捕らえる", "捕える" },
		{ "晴れやかな", "晴やかな" },
		{ "積もる", "積る" },
		{ "聞こえる", "聞える" },
		{ "起こる", "起る" },
		{ "起こす", "起す" },
		{ "落とす", "落す" },
		{ "見落とした", "見落した" },
		{ "暮らす", "暮す" },
		{ "当たる", "当る" },
		{ "終わる", "終る" },
		{ "終わった後", "終った後" },
		{ "変わる", "変る" },
		{ "合わせる", "合せる" },
		{ "代わりに", "代りに" },
		{ "代わる者", "代る者" },
		{ "異なる", "異る" },
		{ "照らして", "照して" },
		{ "失う", "失なう" },
		{ "担う", "担なう" },
		{ "補う", "補なう" },
		{ "損なう", "損う" },
		{ "伴う", "伴なう" },
		{ "従う", "従がう" },
		{ "少なくする", "少くする" },
		{ "明らかにする", "明かにする" },
		{ "基づき", "基き" },
		{ "免れる", "免がれる" },
		{ "携わる", "携る" },
		{ "定まる", "定る" },
		{ "加わる", "加る" },
		{ "向かって", "向って" },
		{ "果たした", "果した" },
		{ "満たす", "満す" },
		{ "新しい", "新らしい" },
		{ "見つける", "見付ける" },
	};

	all_equal(pairs, KT_COUNT(pairs));
}

static void
test_okurigana_of_compounds_is_notation(void)
{
	static const struct pair pairs[] = {
		{ "取扱い", "取り扱い" },
		{ "情報の取扱について", "情報の取り扱いについて" },
		{ "取り扱う", "取扱う" },
		{ "取り扱わない", "取扱わない" },
		{ "届出", "届け出" },
		{ "届け出なければならない", "届出なければならない" },
		{ "申込み", "申し込み" },
		{ "申込書", "申し込み書" },
		{ "申し込む", "申込む" },
		{ "申出", "申し出" },
		{ "引渡し", "引き渡し" },
		{ "引き渡す", "引渡す" },
		{ "引渡し後", "引き渡し後" },
		{ "受入れ", "受け入れ" },
		{ "受入先", "受け入れ先" },
		{ "受け入れる", "受入れる" },
		{ "貸付け", "貸し付け" },
		{ "貸付金", "貸し付け金" },
		{ "払戻し", "払い戻し" },
		{ "割当て", "割り当て" },
		{ "割当額", "割り当て額" },
		{ "取消し", "取り消し" },
		{ "取り消す", "取消す" },
		{ "切替え", "切り替え" },
		{ "差止め", "差し止め" },
		{ "持出し", "持ち出し" },
		{ "持込みの禁止", "持ち込みの禁止" },
		{ "棚卸し", "棚卸" },
		{ "突合せ", "突き合わせ" },
		{ "引越し", "引っ越し" },
		{ "4月1日付け", "四月一日付" },
		{ "割印", "割り印" },
		{ "貼り付ける", "はりつける" },
		{ "取り付けられた", "取りつけられた" },
		{ "備付け", "備えつけ" },
		{ "取りあつかう", "取扱う" },
		{ "手続", "手続き" },
		{ "手続を行う", "手続きを行なう" },
		{ "打合せ", "打ち合わせ" },
		{ "打合わせ", "打合せ" },
		{ "問合せ", "問い合わせ" },
		{ "組合せ", "組み合わせ" },
		{ "見積り", "見積もり" },
		{ "見積書", "見積もり書" },
		{ "取締り", "取り締まり" },
		{ "取り締まる", "取締る" },
		{ "締切り", "締め切り" },
		{ "締切日", "締め切り日" },
		{ "立会い", "立ち会い" },
		{ "立会人", "立ち会い人" },
		{ "立入り", "立ち入り" },
		{ "立入検査", "立ち入り検査" },
		{ "差押え", "差し押さえ" },
		{ "差し押さえる", "差押える" },
		{ "呼出し", "呼び出し" },
		{ "読替え", "読み替え" },
		{ "読み替えて", "読替えて" },
		{ "書込み", "書き込み" },
		{ "読取り", "読み取り" },
		{ "繰越し", "繰り越し" },
		{ "繰上げ", "繰り上げ" },
		{ "積立て", "積み立て" },
		{ "積立金", "積み立て金" },
		{ "引継ぎ", "引き継ぎ" },
		{ "引継書", "引き継ぎ書" },
		{ "引受け", "引き受け" },
		{ "引換え", "引き換え" },
		{ "引起し", "引き起こし" },
		{ "振替", "振り替え" },
		{ "振込", "振り込み" },
		{ "受付", "受け付け" },
		{ "受取", "受け取り" },
		{ "受け取る", "受取る" },
		{ "支払", "支払い" },
		{ "割引", "割り引き" },
		{ "取引", "取り引き" },
		{ "小売", "小売り" },
		{ "受皿", "受け皿" },
		{ "売場", "売り場" },
		{ "建物", "建て物" },
		{ "入口", "入り口" },
		{ "期限付", "期限付き" },
		{ "変更届", "変更届け" },
		{ "休暇願", "休暇願い" },
		{ "使用済", "使用済み" },
		{ "取組", "取り組み" },
		{ "取り組む", "取組む" },
		{ "歩留り", "歩留まり" },
		{ "譲受け", "譲り受け" },
		{ "貼付け", "貼り付け" },
		{ "覚書", "覚え書き" },
		{ "ただし書", "但し書き" },
		{ "取りまとめる", "取り纏める" },
		{ "引き続き", "引続き" },
		{ "割り振る", "割振る" },
		{ "切り離す", "切離す" },
		{ "洗い出し", "洗出し" },
		{ "立ち居振る舞い", "立居振舞い" },
		{ "位置付ける", "位置づける" },
		{ "呼びかけ", "呼び掛け" },
		{ "預り金", "預かり金" },
		{ "雇主", "雇い主" },
		{ "言い渡す", "言渡す" },
		{ "明渡し", "明け渡し" },
		{ "埋立地", "埋め立て地" },
	};

	all_equal(pairs, KT_COUNT(pairs));
}

static void
test_kanji_or_kana_is_notation(void)
{
	static const struct pair pairs[] = {
		{ "職員及び市民", "職員および市民" },
		{ "並びに", "ならびに" },
		{ "又は", "または" },
		{ "若しくは", "もしくは" },
		{ "但し、", "ただし、" },
		{ "且つ", "かつ" },
		{ "従って、", "したがって、" },
		{ "規定に従い", "規定にしたがい" },
		{ "又、", "また、" },
		{ "尚、", "なお、" },
		{ "即ち", "すなわち" },
		{ "或いは", "あるいは" },
		{ "速やかに", "すみやかに" },
		{ "直ちに", "ただちに" },
		{ "予め", "あらかじめ" },
		{ "全て", "すべて" },
		{ "更に", "さらに" },
		{ "に当たっては", "にあたっては" },
		{ "に当って", "に当たって" },
		{ "努めるものとする", "つとめるものとする" },
		{ "承認を得た", "承認をえた" },
		{ "にも拘らず", "にもかかわらず" },
		{ "に関わらず", "にかかわらず" },
		{ "最も", "もっとも" },
		{ "専ら", "もっぱら" },
		{ "既に", "すでに" },
		{ "例えば", "たとえば" },
		{ "必ず", "かならず" },
		{ "極めて", "きわめて" },
		{ "再び", "ふたたび" },
		{ "初めて", "はじめて" },
		{ "常に", "つねに" },
		{ "特に", "とくに" },
		{ "互いに", "たがいに" },
		{ "僅か", "わずか" },
		{ "概ね", "おおむね" },
		{ "次の通り", "次のとおり" },
		{ "出来る", "できる" },
		{ "することが出来ない", "することができない" },
		{ "して下さい", "してください" },
		{ "頂く", "いただく" },
		{ "に於いて", "において" },
		{ "に於ける", "における" },
		{ "に依る", "による" },
		{ "に因り", "により" },
		{ "に基づく", "にもとづく" },
		{ "に係る", "にかかる" },
		{ "に亘る", "にわたる" },
		{ "を以て", "をもって" },
		{ "と共に", "とともに" },
		{ "の為", "のため" },
		{ "の様な", "のような" },
		{ "毎に", "ごとに" },
		{ "迄", "まで" },
		{ "理由無く", "理由なく" },
		{ "必要が有る", "必要がある" },
		{ "して行く", "していく" },
		{ "して来た", "してきた" },
		{ "して置く", "しておく" },
		{ "見做す", "みなす" },
		{ "と言う", "という" },
		{ "恐れがある", "おそれがある" },
		{ "虞がある", "おそれがある" },
		{ "除く外", "除くほか" },
		{ "定めるものの他", "定めるもののほか" },
		{ "に係る他の者", "にかかるほかの者" },
		{ "する際", "するさい" },
		{ "協議した上で", "協議したうえで" },
		{ "あり得る", "ありうる" },
		{ "業務上知り得た秘密", "業務上知りえた秘密" },
		{ "九十日毎", "90日ごと" },
		{ "場合", "ばあい" },
		{ "やむを得ない", "やむをえない" },
		{ "我が国", "わが国" },
		{ "自ら", "みずから" },
		{ "併せて", "あわせて" },
		{ "御連絡", "ご連絡" },
		{ "この箇所", "このか所" },
		{ "数ヶ月", "数か月" },
		{ "改竄", "改ざん" },
		{ "漏洩", "漏えい" },
		{ "脆弱性", "ぜい弱性" },
		{ "毀損", "き損" },
		{ "隠蔽", "隠ぺい" },
		{ "進捗", "進ちょく" },
		{ "補塡", "補てん" },
		{ "補填", "補てん" },
		{ "把握", "は握" },
		{ "宛先", "あて先" },
		{ "処方箋", "処方せん" },
		{ "広汎", "広範" },
		{ "寄附", "寄付" },
		{ "附則", "付則" },
		{ "綜合", "総合" },
		{ "諒解", "了解" },
		{ "車輛", "車両" },
	};

	all_equal(pairs, KT_COUNT(pairs));
}

static void
test_long_vowels_and_small_kana_are_notation(void)
{
	static const struct pair pairs[] = {
		{ "サーバー", "サーバ" },
		{ "ユーザー", "ユーザ" },
		{ "コンピューター", "コンピュータ" },
		{ "コンピューターウイルス", "コンピュータウィルス" },
		{ "プリンター", "プリンタ" },
		{ "フォルダー", "フォルダ" },
		{ "サーバールーム", "サーバルーム" },
		{ "Webサーバー", "Ｗｅｂサーバ" },
		{ "ブラウザー", "ブラウザ" },
		{ "メモリー", "メモリ" },
		{ "ルーター", "ルータ" },
		{ "プロバイダー", "プロバイダ" },
		{ "セキュリティー", "セキュリティ" },
		{ "インターフェース", "インタフェース" },
		{ "ソフトウエア", "ソフトウェア" },
		{ "マルウエア", "マルウェア" },
		{ "ファイヤーウォール", "ファイアウォール" },
		{ "ディジタル", "デジタル" },
		{ "メインテナンス", "メンテナンス" },
		{ "あつた", "あった" },
		{ "よつて", "よって" },
		{ "おつて", "おって" },
		{ "によつて", "によって" },
		{ "をもつて", "をもって" },
		{ "従つて", "したがって" },
		{ "行なつた", "行った" },
		{ "当たつて", "当って" },
		{ "にわたつて", "に渡って" },
		{ "なつた", "なった" },
		{ "もつぱら", "専ら" },
		{ "あつせん", "斡旋" },
	};

	all_equal(pairs, KT_COUNT(pairs));
}

/* What a text became must not change again: otherwise an entry's result is
 * another entry's variant, and equality would depend on the way there. */
static void
test_folding_twice_changes_nothing(void)
{
	static const char *const texts[] = {
		"個人情報の取り扱い及び届け出は、第三条の二に当たる。",
		"貼り付け、組み合わせ、打ち合わせ、箇条書き、但し書き",
		"⑴　㈱　㎡　10²　①　１，０００円　三箇月　百分の五",
		"か\u3000\u3099　ﾊﾟ　ｳﾞ　，．～",
	};
	struct kt_buf file = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(texts); i++) {
		folded(&one, texts[i]);
		KT_STR(folded(&two, one.p), one.p);
	}
	if (!kt_test_data("kaimebun"))
		return;
	CU_ASSERT_EQUAL_FATAL(
	    kt_file_read(&file, KT_DATA "/kaimebun/gian-201-kaku-shozeizei.txt",
		1 << 24, NULL),
	    KT_OK);
	for (char *p = strtok(file.p, "\n"); p != NULL;
	     p = strtok(NULL, "\n")) {
		folded(&one, p);
		KT_STR(folded(&two, one.p), one.p);
	}
	kt_buf_release(&file);
}

static void
test_the_table_itself_is_closed(void)
{
#define KT_WORD(guard, to, from) { to, from },
#define KT_VERB(endings, guard, to, from)
#define KT_SMALL(to, from)
#define KT_OKURI(to, from) { to, from },
#define KT_OKURI_KEEP(to, from) { to, from },
#define KT_LONG(from)
	static const struct pair entries[] = {
#include "../src/text/notation.def"
	};

	for (size_t i = 0; i < KT_COUNT(entries); i++) {
		const char *from = entries[i].b;
		size_t n = strcspn(from, " ");

		folded(&one, entries[i].a);
		KT_STR(folded(&two, one.p), one.p);
		kt_buf_clear(&one);
		kt_buf_put(&one, from, n);
		folded(&two, one.p);
		folded(&one, two.p);
		KT_STR(one.p, two.p);
	}
}

static void
test_an_empty_text_stays_empty(void)
{
	KT_STR(folded(&one, ""), "");
	KT_STR(folded(&one, " 　\t"), "");
	kt_notation_free(NULL);
}

static void
test_a_twin_folds_the_same_at_the_same_time(void)
{
	static const char text[] = "取り扱い及びサーバー、第十二条の三箇月";
	struct kt_notation *twin = kt_notation_twin(notation);

	kt_buf_clear(&two);
	kt_fold_notation(twin, &two, text, strlen(text));
	KT_STR(folded(&one, text), two.p);
	kt_notation_free(twin);
	KT_STR(folded(&one, text), two.p);
}

static CU_TestInfo same_tests[] = {
	{ "width and punctuation are notation",
	    test_width_and_punctuation_are_notation },
	{ "labels are compared by number", test_labels_are_compared_by_number },
	{ "amounts are compared by value", test_amounts_are_compared_by_value },
	{ "dates are compared by day", test_dates_are_compared_by_day },
	{ "okurigana of verbs is notation",
	    test_okurigana_of_verbs_is_notation },
	{ "okurigana of compounds is notation",
	    test_okurigana_of_compounds_is_notation },
	{ "kanji or kana is notation", test_kanji_or_kana_is_notation },
	{ "long vowels and small kana are notation",
	    test_long_vowels_and_small_kana_are_notation },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo law_tests[] = {
	{ "folding twice changes nothing", test_folding_twice_changes_nothing },
	{ "the table itself is closed", test_the_table_itself_is_closed },
	{ "an empty text stays empty", test_an_empty_text_stays_empty },
	{ "a twin folds the same at the same time",
	    test_a_twin_folds_the_same_at_the_same_time },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "the same", begin, end, NULL, NULL, same_tests },
		{ "laws", begin, end, NULL, NULL, law_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
