import MatchCore
import Testing

@testable import Commands

@Suite("Words")
struct WordsTests {
    /// Every catalogue of the command line.
    static let all: [(name: String, text: LocalizedText)] =
        catalogue(AccessWords.self) + catalogue(AllocateWords.self) + catalogue(BenchWords.self)
        + catalogue(CaseWords.self) + catalogue(CaseFaultWords.self)
        + catalogue(DataWords.self)
        + catalogue(DemoWords.self) + catalogue(DeskWords.self) + catalogue(DoctorWords.self)
        + catalogue(GeneralWords.self) + catalogue(HelpWords.self) + catalogue(ImportWords.self)
        + catalogue(MatchWords.self) + catalogue(OfficeWords.self) + catalogue(ProfileWords.self)
        + catalogue(RecordWords.self) + catalogue(StoreWords.self) + catalogue(TuningWords.self)

    private static func catalogue<Catalogue: Words>(_ type: Catalogue.Type) -> [(String, LocalizedText)] {
        type.allCases.map { ("\(type).\($0.rawValue)", $0.text) }
    }

    /// Texts that are rightly the same in both languages.
    private static let same: Set<String> = []

    @Test("Every text exists in both languages and differs between them")
    func complete() {
        for (name, text) in WordsTests.all {
            #expect(!text.zhHans.isEmpty && !text.en.isEmpty, "\(name) is empty")
            guard !WordsTests.same.contains(name) else { continue }
            #expect(text.zhHans != text.en, "\(name) is the same in both languages")
            #expect(
                text.zhHans.unicodeScalars.contains { $0.properties.isIdeographic || $0.value > 0x3000 },
                "\(name): no Chinese")
            #expect(!text.en.unicodeScalars.contains { $0.properties.isIdeographic }, "\(name): Chinese in English")
        }
    }

    @Test("Both languages have the same places to fill in")
    func places() {
        func places(_ text: String) -> [String] {
            text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map {
                String($0.prefix { $0 != "}" })
            }.filter { !$0.contains(":") }.sorted()
        }
        for (name, text) in WordsTests.all {
            #expect(places(text.zhHans) == places(text.en), "\(name)")
        }
    }

    @Test("One of anything is told in the singular")
    func one() {
        /// What the texts count.
        let plurals: Set<String> = [
            "areas", "bytes", "candidates", "changes", "chunks", "claims", "connections", "days", "decisions",
            "donations", "entries", "erasures", "events", "explanations", "holders", "keys", "lines", "objections",
            "offers", "pairs", "parties", "points", "requests", "rows", "scorers", "suggestions", "things", "voices",
            "wishes",
        ]
        let texts =
            WordsTests.all + WordsTests.catalogue(RightsWords.self) + WordsTests.catalogue(SealingWords.self)
            + WordsTests.catalogue(ServeWords.self)
        for (name, text) in texts {
            let names = text.en.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map {
                String($0.prefix { $0 != "}" && $0 != ":" })
            }
            let told = text.en.filled(Dictionary(names.map { ($0, "1") }, uniquingKeysWith: { one, _ in one }))
            let words = told.split(separator: " ")
            for (number, next) in zip(words, words.dropFirst()) where number.drop(while: { $0 == "(" }) == "1" {
                #expect(!plurals.contains(String(next.filter(\.isLetter))), "\(name): \(told)")
            }
        }
    }

    @Test("Places are filled in, unknown ones stay")
    func fills() {
        #expect("{a} of {b}, {c}".filled(["a": "1", "b": "{a}"]) == "1 of {a}, {c}")
        #expect("open { alone".filled([:]) == "open { alone")
        for (count, text) in [("1", "1 line is"), ("0", "0 lines are"), ("21", "21 lines are")] {
            #expect("{n} {n:line is|lines are}".filled(["n": count]) == text)
        }
    }

    @Test(
        "The language comes from the environment as the C library reads it",
        arguments: [
            (["LANG": "zh_CN.UTF-8"], Language.zhHans), (["LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"], .en),
            (["LC_MESSAGES": "zh-Hans", "LANG": "en_GB"], .zhHans), (["LC_ALL": "", "LANG": "zh"], .zhHans), ([:], .en),
            (["LANG": "C.UTF-8"], .en),
        ])
    func language(environment: [String: String], expected: Language) {
        #expect(LanguageChoice.language(of: environment) == expected)
    }
}
