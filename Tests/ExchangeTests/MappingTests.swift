import Exchange
import Foundation
import InputGate
import Testing

@Suite struct MappingTests {
    @Test func oneRowBecomesOneOffer() throws {
        let out = try map(
            """
            kind: offers
            source: test
            timeZone: Asia/Shanghai
            fields:
              externalID: {template: "{编号}-{@row}"}
              kind: {constant: goods}
              category: {column: 类别, translate: {values: {轮椅: mobility.wheelchair}}}
              quantity: 数量
              latitude: 纬度
              delivers: 送
              from: {column: 起, date: {formats: [yyyy-MM-dd]}}
              until: {column: 起, date: {formats: [yyyy-MM-dd], endOfDay: true}}
              languages: {column: 语, split: "|"}
              text: 备注
            """, "编号,类别,数量,纬度,送,起,语,备注\nA1, 轮椅 ,1e1,23.0200001,是,2026-01-02,cmn| yue||cmn,\n")
        let record = try #require(out.records.first)
        #expect(
            record.fields.map(\.name) == [
                "externalID", "kind", "category", "quantity", "latitude", "delivers", "from", "until", "languages",
            ])
        #expect(record.text("externalID") == "A1-2")
        #expect(record.text("category") == "mobility.wheelchair")
        #expect(record.integer("quantity") == 10)
        #expect(record.integer("latitude") == 230_200_001)
        #expect(record.truth("delivers") == true)
        #expect(record.day("from") == 20_455)
        #expect(record.day("until") == 20_455)
        #expect(record.list("languages") == ["cmn", "yue"])
        #expect(record.place(of: "quantity").column == 3)
    }

    @Test func aColumnMayBeMissingWhereTheMappingSaysSoButNotMisspelt() throws {
        let yaml = """
            kind: offers
            source: test
            missingColumns: empty
            fields:
              externalID: externalID
              party.externalID: party
              kind: kind
              category: category
              quantity: quantity
              from: {column: from, date: {formats: [yyyy-MM-dd]}}
            """
        let out = try map(yaml, "externalID,party,kind,category,note from donor\nA,P,goods,mobility.wheelchair,x\n")
        #expect(out.faults == [])
        #expect(out.records.first?.fields.map(\.name) == ["externalID", "party.externalID", "kind", "category"])
        let misspelt = #expect(throws: MappingError.self) {
            _ = try map(yaml, "externalID,party,kind,category,Quanity\nA,P,goods,mobility.wheelchair,3\n")
        }
        #expect(misspelt?.message.hasSuffix("there is no column 'quantity'. Closest: 'Quanity'.") == true)
        let missing = #expect(throws: MappingError.self) {
            _ = try map(yaml, "party,kind,category\nP,goods,mobility.wheelchair\n")
        }
        #expect(missing?.code == .unknownColumn)
    }

    @Test func eachFlagThatIsSetBecomesAWish() throws {
        let yaml = """
            kind: wishes
            source: test
            fields:
              externalID: {template: "{id}/{@flag}"}
            flags:
              columns:
                mask: {category: protection.mask.medical}
                gown: {category: protection.body.gown, quantity: "5"}
            """
        let out = try map(yaml, "id,mask,gown\nA,1,1\nB,0,\nC,0,是\nD,2,1\n")
        #expect(out.records.map { $0.text("externalID") } == ["A/mask", "A/gown", "C/gown"])
        #expect(
            out.records.map { $0.text("category") } == [
                "protection.mask.medical", "protection.body.gown", "protection.body.gown",
            ])
        #expect(out.records[1].integer("quantity") == 5)
        #expect(out.faults.map(\.code) == [.badFlag])
        #expect(out.faults[0].message.hasPrefix("Row 5, column 2 'mask': '2' is neither set nor clear."))
    }

    @Test(
        arguments: [
            ("-1", .outOfRange), ("0.1", .notWhole), ("9223372036854775808", .outOfRange), ("1e400", .outOfRange),
            ("很多", .notANumber),
            ("1,000", .notANumber), ("", .missingValue),
        ] as [(String, ImportFault.Code)])
    func badQuantitiesAreRefusedWithTheirPlace(_ quantity: String, _ code: ImportFault.Code) throws {
        let out = try map(
            "{kind: offers, source: t, required: [quantity], fields: {externalID: id, category: id, quantity: 数量}}",
            "id,数量\nA,1\nB,\"\(quantity)\"\n")
        #expect(out.records.count == 1)
        #expect(out.faults.map(\.code) == [code])
        #expect(out.faults.first?.message.hasPrefix("Row 3, column 2 '数量': ") == true)
    }

    @Test(
        arguments: [("9007199254740993", 9_007_199_254_740_993), ("9223372036854775807", .max), ("0", 0)]
            as [(String, Int64)])
    func greatQuantitiesAreExact(_ text: String, _ value: Int64) throws {
        let out = try map(
            "{kind: offers, source: t, fields: {externalID: id, category: id, quantity: n}}", "id,n\nA,\(text)\n")
        #expect(out.records.first?.integer("quantity") == value)
    }

    @Test func anUnknownCategoryIsRefusedWithTheClosest() throws {
        let out = try map(
            """
            kind: offers
            source: t
            fields:
              externalID: id
              category: {column: 类别, translate: {values: {轮椅: w, 拐杖: c}, default: reject}}
            """, "id,类别\nA,轮倚\n")
        #expect(out.records.isEmpty)
        #expect(
            out.faults.first?.message
                == "Row 2, column 2 '类别': '轮倚' is not a value that the mapping knows. Closest: '轮椅'.")
        #expect(out.faults.first?.wording.chinese == "第 2 行，第 2 列“类别”：映射中没有“轮倚”这个值。最接近的是：“轮椅”。")
    }

    @Test func aTranslationCanMeanNotStated() throws {
        let out = try map(
            """
            kind: offers
            source: t
            skipWhen: [{column: id, isEmpty: true}, {column: state, is: [closed]}]
            fields:
              externalID: id
              category: {column: id, translate: {values: {}, default: {constant: other}}}
              quantity: {column: n, translate: {values: {"1": ""}, default: keep}}
            """, "id,n,state\nA,1,\nB,2,\n ,3,\nC,4,closed\n")
        #expect(out.records.map { $0.integer("quantity") } == [nil, 2])
        #expect(out.records.map { $0.text("category") } == ["other", "other"])
        #expect(out.skipped == 2)
    }

    @Test func rowsOfBlankCellsAreSkipped() throws {
        let out = try map(
            "{kind: offers, source: t, fields: {externalID: a, category: b}}", "a,b\n1,x\n,\n \t,\u{3000}\n")
        #expect(out.records.count == 1)
        #expect(out.skipped == 2)
        #expect(out.faults.isEmpty)
    }

    @Test func lookupsNeverGuessAndNeverRefuse() throws {
        let yaml = """
            kind: wishes
            source: t
            lookup:
              place:
                file: places.csv
                match:
                  - {where: name, column: district}
                  - {whereBeginning: code, column: city, translate: {values: {wuhan: "4201", baotou: "1502", none: "99"}}}
            fields: {externalID: id, category: id, latitude: {column: place.lat}}
            """
        let places = "code,name,lat\n420107,青山区,30.6\n150204,青山区,40.6\n420111,东湖,30.1\n420112,东湖,30.2\n"
        let out = try map(
            yaml, "id,city,district\nA,wuhan,青山区\nB,baotou,青山区\nC,wuhan,东湖\nD,wuhan,清山区\nE,nowhere,青山区\nF,wuhan,\n",
            tables: ["place": places])
        #expect(out.records.map { $0.integer("latitude") } == [306_000_000, 406_000_000, nil, nil, nil, nil])
        #expect(out.faults.isEmpty)
        #expect(out.warnings.map(\.code) == [.lookupAmbiguous, .lookupMissing, .unknownValue])
        #expect(
            out.warnings[0].message
                == "Row 4, column 3 'district': '东湖' stands for 2 rows of 'place'; left empty rather than guessed.")
    }

    @Test func joinsReachThroughOneAnother() throws {
        let yaml = """
            kind: offers
            source: t
            join:
              location: {file: l.csv, key: id, on: location_id}
              organization: {file: o.csv, key: id, on: location.org, missing: empty}
            fields: {externalID: id, category: id, party.name: {column: organization.name}}
            """
        let tables = ["location": "id,org\n1,7\n2,8\n", "organization": "id,name\n7,海星社\n"]
        let out = try map(yaml, "id,location_id\nA,1\nB,2\nC,3\n", tables: tables)
        #expect(out.records.map { $0.text("party.name") } == ["海星社", nil])
        #expect(out.faults.map(\.message) == ["Row 4, column 2 'location_id': '3' is not in 'l.csv'."])
        #expect(
            code {
                try map(yaml, "id,location_id\n", tables: tables.merging(["location": "id,org\n1,7\n1,8\n"]) { $1 })
            } == .tableKeyTwice)
        #expect(code { try map(yaml, "id,location_id\n") } == .tableUnreadable)
    }

    @Test func milesBecomeMetres() throws {
        let yaml =
            "{kind: distances, source: t, distance: {unit: miles, missing: farther}, fields: {offer: a, wish: b, distance: m}}"
        #expect(try Mapping(yaml: Array(yaml.utf8)).missingDistance == .farther)
        #expect(try map(yaml, "a,b,m\nx,y,5\nx,z,0.1\n").records.map { $0.integer("distance") } == [8047, 161])
    }

    @Test func headerlessFilesTakeTheMappingsNames() throws {
        let yaml =
            "{kind: areas, source: t, header: false, columns: [c, n], delimiter: ';', fields: {code: c, name.zh: n}}"
        #expect(try map(yaml, "441900003;东城街道\n").records.first?.text("name.zh") == "东城街道")
    }

    @Test(
        arguments: [
            ("kind: offers\nsource: t\nfeilds: {}\n", .missingKey), ("kind: ofers\nsource: t\nfields: {}\n", .badValue),
            ("kind: offers\nsource: t\nfields: {externalID: a}\n", .missingKey),
            ("kind: offers\nsource: t\nfields: {externalID: a, category: b, quantitty: c}\n", .unknownField),
            ("kind: offers\nsource: t\ncolour: red\nfields: {externalID: a, category: b}\n", .unknownKey),
            ("kind: offers\nsource: t\nfields: {externalID: a, category: {column: b, trnslate: {}}}\n", .unknownKey),
            ("kind: offers\nsource: t\nfields: {externalID: a, category: {column: b, constant: c}}\n", .badValue),
            (
                "kind: offers\nsource: t\nfields: {externalID: a, category: b, from: {column: c, date: {formats: [DD/MM]}}}\n",
                .badValue
            ),
            ("kind: offers\nkind: wishes\nsource: t\n", .notYAML), ("", .notYAML), ("[1, 2]", .badValue),
            ("a: [", .notYAML),
            ("kind: &a offers\nsource: *a\n", .aliasRefused), ("a: [&x [1], *x]\n", .aliasRefused),
            ("a:\n  - &x 1\n", .aliasRefused),
            ("kind: offers\nsource: t\n<<: {a: b}\nfields: {externalID: a, category: b}\n", .unknownKey),
            ("kind: \"a\u{0}b\"", .notYAML), (String(repeating: "[", count: 100_000), .notYAML),
            (String(repeating: "- ", count: 30) + "x", .notYAML), (String(repeating: "#", count: 1_048_577), .tooLarge),
            ("kind: distances\nsource: t\nfields: {offer: a, wish: b, distance: c}\n", .missingKey),
            ("kind: offers\nsource: t\ntimeZone: Mars/Olympus\nfields: {externalID: a, category: b}\n", .badValue),
        ] as [(String, MappingError.Code)])
    func badMappingsAreRefused(_ yaml: String, _ expected: MappingError.Code) {
        #expect(code { try Mapping(yaml: Array(yaml.utf8)) } == expected)
    }

    @Test func misspeltNamesGetTheClosest() throws {
        let error = #expect(throws: MappingError.self) {
            try Mapping(yaml: Array("kind: offers\nsource: t\nfields:\n  externalID: a\n  catgory: b\n".utf8))
        }
        #expect(error?.message == "Mapping, line 5: offers have no field 'catgory'. Closest: 'category'.")
        let column = #expect(throws: MappingError.self) {
            _ = try map("{kind: offers, source: t, fields: {externalID: 编号, category: 类型}}", "编号,类别\n")
        }
        #expect(column?.code == .unknownColumn)
        #expect(column?.message.hasSuffix("there is no column '类型'. Closest: '类别'.") == true)
        #expect(
            code { try map("{kind: offers, source: t, fields: {externalID: a, category: a}}", "a,a\n") }
                == .ambiguousColumn)
    }

    @Test func anAmpersandInATextIsNoAnchor() throws {
        let out = try map(
            "{kind: offers, source: R & D, fields: {externalID: a, category: {constant: 'x & *y'}}}", "a\n1\n")
        #expect(out.records.first?.text("category") == "x & *y")
    }

    @Test func textsAreComposed() throws {
        let out = try map("{kind: offers, source: t, fields: {externalID: a, category: a}}", "a\ne\u{301}\n")
        #expect(out.records.first?.text("category").map { Array($0.utf8) } == [0xC3, 0xA9])
    }

    /// Each mapping in the repository is sound, and its categories are words of the catalogue's form.
    @Test func shippedMappingsAreSound() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Data/mappings")
            .standardized
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "yaml" }
        #expect(files.count >= 7)
        for file in files {
            #expect(throws: Never.self, "\(file.lastPathComponent)") {
                try Mapping(yaml: Array(Data(contentsOf: file)))
            }
        }
    }

    private func code<Value>(_ body: () throws -> Value) -> MappingError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? MappingError)?.code
        }
    }
}

struct MappedFile {
    var records: [MappedRecord] = []
    var faults: [ImportFault] = []
    var warnings: [ImportFault] = []
    var skipped = 0
}

func map(_ yaml: String, _ csv: String, tables: [String: String] = [:]) throws -> MappedFile {
    let mapping = try Mapping(yaml: Array(yaml.utf8))
    var loaded: [String: MappingTable] = [:]
    for (name, text) in tables { loaded[name] = try MappingTable(BytesSource(text), for: name, of: mapping) }
    let reader = try CSVReader(BytesSource(csv), options: mapping.csv)
    let engine = try MappingEngine(mapping, header: reader.header, tables: loaded)
    var file = MappedFile()
    while let row = try reader.next() {
        let out = engine.map(row)
        file.records += out.records
        file.faults += out.faults
        file.warnings += out.warnings
        if out.isSkipped { file.skipped += 1 }
    }
    return file
}
