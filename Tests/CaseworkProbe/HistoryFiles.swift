import Casework
import Foundation

/// Wishes and what happened to them as two files: what `almoner import wishes` and `almoner import histories` read.
struct HistoryFiles {
    let count: Int

    func write(to folder: String) throws {
        try write(folder + "/wishes.csv", header: "心愿编号,项目名称,数量") { number in
            ["w\(number),轮椅,1"]
        }
        try write(folder + "/histories.csv", header: "wish,event,at,value") { number in
            let received = CaseworkProbe.start.milliseconds - 730 * Moment.day + Int64(number) * 900_000
            let hour: Int64 = 3_600_000
            let channel = Channel.allCases[number % Channel.allCases.count].rawValue
            var rows = ["w\(number),opened,\(received),\(channel)", "w\(number),answered,\(received + 9 * hour),"]
            guard number % 25 != 0 else { return rows }
            rows += ["w\(number),closed,\(received + 300 * hour),", "w\(number),rated,\(received + 330 * hour),5"]
            return rows
        }
    }

    private func write(_ path: String, header: String, _ rows: (Int) -> [String]) throws {
        guard FileManager.default.createFile(atPath: path, contents: Data("\(header)\n".utf8)),
            let file = FileHandle(forWritingAtPath: path)
        else {
            throw Failure(description: "\(path) cannot be written")
        }
        defer { try? file.close() }
        try file.seekToEnd()
        for number in 1...max(1, count) {
            try file.write(contentsOf: Data(rows(number).map { "\($0)\n" }.joined().utf8))
        }
    }
}
