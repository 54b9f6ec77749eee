"""Deterministic Japanese welfare corpus, written once for each peer: python bench/speed/corpus.py N…

Into .tools/speed/corpus/N: records.json, and a folder for each peer. N programs, N/10 windows, 24 situations, 40 units;
the same content for every peer, each in that peer's own layout, with its templates and settings (peers/<peer>/). Only
the standard library; the seed is fixed, so two runs give the same bytes.
"""

import datetime
import json
import os
import random
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SPEED = os.path.join(HERE, os.pardir, os.pardir, ".tools", "speed")
SEED = 20261121

SITUATIONS = [
    "妊娠・出産するとき",
    "子どもを育てるとき",
    "ひとり親になったとき",
    "子どもに障害があるとき",
    "学校に通えないとき",
    "仕事を失ったとき",
    "働きたいとき",
    "収入が減ったとき",
    "家賃が払えないとき",
    "住まいを失ったとき",
    "病気やけがをしたとき",
    "難病と診断されたとき",
    "障害があるとき",
    "心の調子がわるいとき",
    "介護が必要になったとき",
    "認知症が気になるとき",
    "家族を介護しているとき",
    "高齢で一人暮らしのとき",
    "暴力を受けているとき",
    "借金で困っているとき",
    "災害にあったとき",
    "外国から来て暮らすとき",
    "家族が亡くなったとき",
    "社会とのつながりがほしいとき",
]
UNITS = [
    a + b
    for a in [
        "福祉総務",
        "生活福祉",
        "障害福祉",
        "高齢福祉",
        "介護保険",
        "子ども家庭",
        "保育幼稚園",
        "健康増進",
        "母子保健",
        "国民健康保険",
        "年金医療",
        "住宅政策",
        "就労支援",
        "地域共生",
        "人権男女",
        "多文化共生",
        "防災危機",
        "教育相談",
        "若者支援",
        "消費生活",
    ]
    for b in ("課", "係")
]
LEADS = [
    "市",
    "県",
    "国",
    "社会福祉協議会",
    "地域包括支援センター",
    "福祉事務所",
    "保健所",
    "ハローワーク",
    "年金事務所",
    "児童相談所",
]
PARTNERS = [
    "社会福祉協議会",
    "民生委員・児童委員",
    "地域包括支援センター",
    "基幹相談支援センター",
    "障害者就業・生活支援センター",
    "訪問看護ステーション",
    "NPO法人ひだまり",
    "子ども食堂ネットワーク",
    "弁護士会",
    "司法書士会",
    "医師会",
    "歯科医師会",
    "薬剤師会",
    "シルバー人材センター",
    "居住支援法人",
    "若者サポートステーション",
    "フードバンク",
    "国際交流協会",
    "女性相談支援センター",
    "発達障害者支援センター",
    "精神保健福祉センター",
    "自立相談支援機関",
    "学校",
    "保育所",
    "特別支援学校",
    "商工会議所",
    "自治会",
    "警察署",
    "消防署",
    "法テラス",
]
TARGETS = [
    "六十五歳以上の方",
    "要介護認定を受けた方",
    "身体障害者手帳をお持ちの方",
    "療育手帳をお持ちの方",
    "精神障害者保健福祉手帳をお持ちの方",
    "ひとり親家庭の親",
    "十八歳未満の児童を養育する方",
    "妊娠中の方",
    "産後一年以内の方",
    "未就学児の保護者",
    "小中学生の保護者",
    "住民税が非課税の世帯",
    "生活保護を受けている世帯",
    "離職後二年以内の方",
    "収入が著しく減少した世帯",
    "住居を失うおそれのある方",
    "難病の医療費助成を受けている方",
    "認知症の方とその家族",
    "在宅で家族を介護している方",
    "ヤングケアラー",
    "引きこもりの状態にある方",
    "不登校の児童生徒",
    "外国籍の住民",
    "災害で被害を受けた世帯",
    "多重債務に悩む方",
    "配偶者からの暴力を受けた方",
    "一人暮らしの高齢者",
    "医療的ケアが必要な児童",
    "聴覚に障害のある方",
    "視覚に障害のある方",
    "国民健康保険に加入している方",
    "後期高齢者医療制度の被保険者",
    "市内に住所がある方",
    "就職を希望する障害のある方",
    "若年性認知症の方",
    "退院後に在宅で療養する方",
]
STATES = [
    "日常の買い物や通院が難しくなった",
    "急に収入が途絶えた",
    "家賃の支払いが二か月以上遅れている",
    "食事や入浴に手助けが必要になった",
    "夜間の見守りに不安がある",
    "育児の疲れが続いている",
    "子どもの発達に心配がある",
    "仕事が長続きしない",
    "医療費の負担が重い",
    "介護のために仕事を続けられない",
    "住まいの段差で転びやすい",
    "相談できる人が近くにいない",
    "金銭の管理に自信がない",
    "書類の書き方が分からない",
    "日本語での手続きに困っている",
    "学費や給食費の支払いが苦しい",
    "公共料金の滞納がある",
    "退院後の生活が見通せない",
    "災害で家財を失った",
    "身元を保証する人がいない",
    "電話での連絡が難しい",
    "外出の付き添いがほしい",
    "補聴器や車いすを必要とする",
    "福祉用具を借りたい",
    "一時的に子どもを預けたい",
]
SUPPORTS = [
    "給付金",
    "手当",
    "助成金",
    "貸付",
    "家賃相当額",
    "医療費の自己負担分",
    "介護サービスの利用料",
    "保育料の減免",
    "就学援助費",
    "住宅改修費",
    "福祉用具の購入費",
    "日常生活用具",
    "補装具費",
    "移動支援",
    "訪問介護",
    "通所介護",
    "短期入所",
    "訪問看護",
    "配食サービス",
    "緊急通報装置",
    "見守り訪問",
    "家計改善の助言",
    "就労訓練",
    "就労移行支援",
    "職場定着支援",
    "一時保育",
    "病児保育",
    "産後ケア",
    "養育費の確保に関する相談",
    "学習支援",
    "成年後見制度の利用支援",
    "権利擁護",
    "日常生活自立支援",
    "心理相談",
    "通訳の派遣",
    "手話通訳の派遣",
    "要約筆記",
    "タクシー利用券",
    "水道料金の減免",
    "住民税の減免",
    "国民年金保険料の免除",
    "葬祭費",
    "災害見舞金",
    "フードパントリー",
    "居住支援",
    "一時的な宿泊場所",
    "衣食の提供",
    "紙おむつの支給",
    "寝具の乾燥",
    "訪問理美容",
]
DOCS = [
    "本人確認書類",
    "住民票の写し",
    "所得証明書",
    "課税証明書",
    "離職票",
    "雇用保険受給資格者証",
    "賃貸借契約書の写し",
    "預金通帳の写し",
    "印鑑",
    "健康保険の資格確認書",
    "介護保険被保険者証",
    "身体障害者手帳",
    "療育手帳",
    "医師の意見書",
    "診断書",
    "見積書",
    "領収書",
    "申請書",
    "同意書",
    "委任状",
    "戸籍謄本",
    "児童扶養手当証書",
    "母子健康手帳",
    "在留カード",
    "罹災証明書",
    "振込先の口座が分かるもの",
    "年金証書",
    "マイナンバーが分かるもの",
    "納税通知書",
    "求職活動の記録",
]
ACTIONS = [
    "窓口で申請書を提出する",
    "郵送で申し込む",
    "電子申請の画面から手続きをする",
    "担当の相談員と面談する",
    "訪問調査を受ける",
    "電話で予約を取る",
    "必要な書類をそろえる",
    "利用計画を作成する",
    "認定の結果を待つ",
    "受給者証を受け取る",
    "利用する事業所と契約する",
    "毎月の状況を報告する",
    "年に一度の更新手続きをする",
    "世帯の状況を伝える",
]
VERBS = [
    "支給します",
    "助成します",
    "貸し付けます",
    "減額します",
    "免除します",
    "派遣します",
    "案内します",
    "提供します",
    "支援します",
    "紹介します",
]
NOTES = [
    "申請した月の翌月分から対象になります",
    "所得の状況によって金額が変わります",
    "予算の上限に達した時点で受付を終了します",
    "ほかの制度と重ねて利用できない場合があります",
    "世帯全員の収入を合わせて判定します",
    "審査には三週間から一か月ほどかかります",
    "手続きが遅れるとさかのぼって受け取れません",
    "代理の方が申請する場合は委任状が必要です",
    "引っ越しをしたときは届け出が必要です",
    "偽りの申請があったときは返還を求めます",
    "相談の内容が外部に漏れることはありません",
    "手話や筆談での相談もできます",
    "土曜日と日曜日は予約制です",
    "費用は原則としてかかりません",
    "交通費は自己負担になります",
    "事前の相談がないと対象にならないことがあります",
]
CITY_A = list(
    "青朝旭芦泉岩梅大岡小川北桐草倉黒坂桜沢静白杉須瀬園高竹立田谷月津鶴富中長西野浜早東久平広福藤古星細堀前松丸三南宮村森八柳山湯横吉若和"
)
CITY_B = list("井浦江岡川木窪倉坂崎沢島瀬園田台谷塚津戸永野根浜原平部堀本町丘宮村森屋山")
DISTRICT = [
    "中央",
    "本町",
    "駅前",
    "緑が丘",
    "若葉台",
    "栄",
    "港",
    "旭が丘",
    "東部",
    "西部",
    "南部",
    "北部",
    "新町",
    "城下",
    "桜台",
    "学園",
]
KINDS = [
    "給付事業",
    "助成制度",
    "相談支援",
    "貸付制度",
    "手当",
    "減免制度",
    "派遣事業",
    "利用支援事業",
    "見守り事業",
    "訓練事業",
    "訪問事業",
    "居場所づくり",
    "緊急支援",
    "自立支援",
    "定着支援",
    "移行支援",
    "負担軽減事業",
    "医療費助成",
    "用具給付",
    "一時預かり",
]
HEADS = ["対象となる方", "支援の内容", "利用のながれ", "必要な書類", "費用と金額", "注意していただきたいこと", "関連する制度"]


class Gen:
    def __init__(self, n):
        self.n, self.nw, self.r = n, max(5, n // 10), random.Random(SEED + n)

    def place(self):
        r = self.r
        return r.choice(CITY_A) + r.choice(CITY_B) + r.choice("市市市町区村")

    def yen(self):
        r = self.r
        return r.choice(
            [
                f"{r.randint(1, 60) * 500:,}円",
                f"月額{r.randint(10, 900) * 100:,}円",
                f"上限{r.randint(1, 90)}万円",
                f"費用の{r.randint(1, 9)}割",
            ]
        )

    def sentence(self):
        r = self.r
        c, p = r.choice, self.place
        return c(
            [
                lambda: f"{p()}では、{c(TARGETS)}が{c(STATES)}ときに、{c(SUPPORTS)}を{c(VERBS)}。",
                lambda: (
                    f"{c(STATES)}という相談が増えているため、{c(PARTNERS)}と協力して{c(SUPPORTS)}や{c(SUPPORTS)}を{c(VERBS)}。"
                ),
                lambda: (
                    f"{c(TARGETS)}のうち、前年の所得が{r.randint(80, 600)}万円以下の世帯は、{self.yen()}を限度に{c(SUPPORTS)}を受けることができます。"
                ),
                lambda: f"利用を希望するときは、{c(DOCS)}と{c(DOCS)}を持って、{p()}の{c(UNITS)}で{c(ACTIONS)}必要があります。",
                lambda: f"{c(ACTIONS)}前に、{c(PARTNERS)}へ相談しておくと、{c(SUPPORTS)}の手続きが早く進みます。",
                lambda: f"{c(NOTES)}。",
                lambda: f"{c(NOTES)}ので、{c(STATES)}場合は早めに{c(UNITS)}へお問い合わせください。",
                lambda: (
                    f"令和{r.randint(3, 8)}年{r.randint(1, 12)}月から、{c(TARGETS)}を対象に、{c(SUPPORTS)}の内容が見直されました。"
                ),
                lambda: f"{c(SUPPORTS)}を利用している間も、{c(SUPPORTS)}とあわせて申し込むことができます。",
                lambda: f"{c(TARGETS)}の家族からの相談も受け付けており、{c(PARTNERS)}の職員が自宅を訪問することもあります。",
            ]
        )()

    def para(self, lo, hi):
        return "".join(self.sentence() for _ in range(self.r.randint(lo, hi)))

    def body(self, i):
        r, out = self.r, []
        out.append(self.para(2, 3))
        heads = [HEADS[0]] + r.sample(HEADS[1:], 3)
        target = r.randint(1500, 2450)
        for h in heads:
            out.append("## " + h)
            if h in ("対象となる方", "注意していただきたいこと"):
                out.append("\n".join(f"- {r.choice(TARGETS)}で、{r.choice(STATES)}方" for _ in range(r.randint(2, 3))))
            elif h == "利用のながれ":
                out.append("\n".join(f"{k}. {a}" for k, a in enumerate(r.sample(ACTIONS, 4), 1)))
            elif h == "必要な書類":
                out.append("\n".join(f"- **{d}**" for d in r.sample(DOCS, 4)))
            elif h == "関連する制度":
                k = r.randrange(self.n)
                out.append(
                    f"くわしくは[{r.choice(SUPPORTS)}の案内](/programs/p{k + 1:05d}/)と[制度の手引き](https://example.jp/guide/{r.randint(1, 999)}.html)をご覧ください。"
                )
            else:
                out.append(self.para(1, 2))
        while sum(len(s.encode()) + 2 for s in out) < target - 420:
            out.append(self.para(1, 1))
        out.append(
            "\n".join(
                ["| 区分 | 金額・内容 | 期間 |", "| --- | --- | --- |"]
                + [
                    f"| {r.choice(TARGETS)} | {self.yen()} | {r.choice(['三か月', '六か月', '一年間', '通年', '申請から三十日'])} |"
                    for _ in range(3)
                ]
            )
        )
        k = r.randrange(self.n)
        out.append(f"あわせて[{r.choice(SUPPORTS)}](/programs/p{k + 1:05d}/)もご確認ください。")
        return "\n\n".join(out) + "\n"

    def run(self):
        r = self.r
        sit = [{"id": f"s{i:02d}", "name": s} for i, s in enumerate(SITUATIONS, 1)]
        uni = [{"id": f"u{i:02d}", "name": u} for i, u in enumerate(UNITS, 1)]
        t0 = datetime.datetime(2026, 4, 1)
        windows = []
        for i in range(1, self.nw + 1):
            tel = f"00-{r.randint(0, 9999):04d}-{r.randint(0, 9999):04d}"
            windows.append(
                {
                    "id": f"w{i:05d}",
                    "title": f"{self.place()}{r.choice(DISTRICT)}{r.choice(['福祉相談窓口', '相談支援センター', '地域包括支援センター', '子育て相談室', '自立相談窓口'])}",
                    "date": (t0 - datetime.timedelta(minutes=self.n + i)).strftime("%Y-%m-%d %H:%M:%S"),
                    "tel": tel,
                    "hours": f"平日{r.choice(['8時30分', '9時'])}から{r.choice(['17時', '17時15分', '19時'])}まで",
                    "address": f"{self.place()}{r.choice(DISTRICT)}{r.randint(1, 9)}丁目{r.randint(1, 30)}番{r.randint(1, 20)}号",
                    "summary": self.sentence(),
                    "unit": r.choice(uni)["id"],
                    "body": self.para(2, 3)
                    + "\n\n## ご相談の方法\n\n"
                    + "\n".join(f"- {a}" for a in r.sample(ACTIONS, 3))
                    + "\n",
                }
            )
        programs = []
        for i in range(1, self.n + 1):
            programs.append(
                {
                    "id": f"p{i:05d}",
                    "title": f"{self.place()} {r.choice(SUPPORTS)}{r.choice(KINDS)}",
                    "date": (t0 - datetime.timedelta(minutes=i)).strftime("%Y-%m-%d %H:%M:%S"),
                    "summary": self.sentence(),
                    "situations": sorted(r.sample([s["id"] for s in sit], r.randint(1, 3))),
                    "unit": r.choice(uni)["id"],
                    "lead": r.choice(LEADS),
                    "partners": r.sample(PARTNERS, r.randint(1, 3)),
                    "windows": sorted(r.sample([w["id"] for w in windows], r.randint(1, 3))),
                    "keywords": r.sample([s for s in SUPPORTS if "の" not in s], r.randint(3, 5)),
                    "body": self.body(i),
                }
            )
        return {"n": self.n, "situations": sit, "units": uni, "windows": windows, "programs": programs}


def q(s):
    return json.dumps(s, ensure_ascii=False)


def front(rec, keys):
    """YAML front matter: block lists, plain strings quoted only where YAML needs it."""
    out = ["---"]
    for k in keys:
        v = rec[k]
        if isinstance(v, list):
            out.append(k + ":")
            out += [f"  - {x}" for x in v]
        elif k in ("title", "summary", "address", "tel", "hours"):
            out.append(f"{k}: {q(v)}")
        else:
            out.append(f"{k}: {v}")
    return "\n".join(out) + "\n---\n"


PKEYS = ["title", "date", "summary", "situations", "unit", "lead", "partners", "windows", "keywords"]
WKEYS = ["title", "date", "summary", "tel", "hours", "address", "unit"]


def put(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def yaml_list(recs):
    return "".join(f"- id: {r['id']}\n  name: {r['name']}\n" for r in recs)


def yaml_map(recs):
    return "".join(f"{r['id']}: {r['name']}\n" for r in recs)


def plain(dst, c, keys_p=PKEYS):
    for rec in c["programs"]:
        put(f"{dst}/programs/{rec['id']}.md", front(rec, keys_p) + "\n" + rec["body"])
    for rec in c["windows"]:
        put(f"{dst}/windows/{rec['id']}.md", front(rec, WKEYS) + "\n" + rec["body"])


def hugo(dst, c):
    progs = [dict(p, units=[p["unit"]]) for p in c["programs"]]
    keys = ["units" if k == "unit" else k for k in PKEYS]
    plain(dst + "/content", dict(c, programs=progs), keys_p=keys)
    put(dst + "/data/situations.yaml", yaml_map(c["situations"]))
    put(dst + "/data/units.yaml", yaml_map(c["units"]))


def zola(dst, c):
    def toml(d):
        return "".join(f"{k} = {q(v)}\n" for k, v in d.items())

    for rec in c["programs"]:
        d = rec["date"].replace(" ", "T")
        put(
            f"{dst}/content/programs/{rec['id']}.md",
            f"+++\ntitle = {q(rec['title'])}\ndate = {d}\ndescription = {q(rec['summary'])}\n[taxonomies]\n"
            + toml({"situations": rec["situations"], "units": [rec["unit"]]})
            + "[extra]\n"
            + toml({k: rec[k] for k in ("unit", "situations", "lead", "partners", "windows", "keywords")})
            + "+++\n\n"
            + rec["body"],
        )
    for rec in c["windows"]:
        d = rec["date"].replace(" ", "T")
        put(
            f"{dst}/content/windows/{rec['id']}.md",
            f"+++\ntitle = {q(rec['title'])}\ndate = {d}\ndescription = {q(rec['summary'])}\n[extra]\n"
            + toml({k: rec[k] for k in ("tel", "hours", "address", "unit")})
            + "+++\n\n"
            + rec["body"],
        )
    for s in ("programs", "windows"):
        put(f"{dst}/content/{s}/_index.md", '+++\nrender = false\nsort_by = "date"\npage_template = "%s.html"\n+++\n' % s[:-1])
    put(dst + "/content/_index.md", "+++\n+++\n")
    cfg = open(dst + "/config.toml", encoding="utf-8").read()
    for t in ("situations", "units"):
        cfg += f"\n[extra.{t}]\n" + toml({r["id"]: r["name"] for r in c[t]})
    put(dst + "/config.toml", cfg)


def eleventy(dst, c):
    plain(dst + "/src", c)
    put(dst + "/src/_data/situationNames.json", json.dumps(c["situations"], ensure_ascii=False, indent=1))
    put(dst + "/src/_data/units.json", json.dumps(c["units"], ensure_ascii=False, indent=1))


def naive(dst, c):
    plain(dst + "/content", c)
    put(dst + "/data/situations.yaml", yaml_list(c["situations"]))
    put(dst + "/data/units.yaml", yaml_list(c["units"]))


PEERS = {
    "hugo": hugo,
    "zola": zola,
    "eleventy": eleventy,
    "naive-python": naive,
}


def main():
    for n in map(int, sys.argv[1:]):
        c = Gen(n).run()
        base = os.path.join(SPEED, "corpus", str(n))
        shutil.rmtree(base, ignore_errors=True)
        os.makedirs(base)
        put(base + "/records.json", json.dumps(c, ensure_ascii=False))
        sizes = [len(p["body"].encode()) for p in c["programs"]]
        print(
            f"N={n}: {len(c['programs'])} programs, {len(c['windows'])} windows, body bytes min/mean/max "
            f"{min(sizes)}/{sum(sizes) // len(sizes)}/{max(sizes)}"
        )
        for name, f in PEERS.items():
            dst = os.path.join(base, name)
            src = os.path.join(HERE, "peers", name)
            shutil.copytree(src, dst, ignore=shutil.ignore_patterns("__pycache__"))
            stat = os.path.join(dst, "src" if name == "eleventy" else "static")
            os.makedirs(stat, exist_ok=True)
            shutil.copy(os.path.join(HERE, "peers", "style.css"), os.path.join(stat, "style.css"))
            f(dst, c)


if __name__ == "__main__":
    main()
