import Foundation

@testable import Verification

/// The organisers' score files and answers, where the data folder stands beside the package.
enum ReferenceScores {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/data/scoring_refs/asvspoof2019_LA")

    static var arePresent: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "answers.json").path)
    }

    struct Answer: Decodable {
        let cm, asv: String
        let cm_eer, asv_eer, asv_threshold, Pfa_asv, Pmiss_asv, Pmiss_spoof_asv: Double
        let min_tDCF_legacy2019, min_tDCF_revised_v2: Double
        let per_attack_eer: [String: Double]
    }

    static func answer(_ system: String) throws -> Answer {
        let data = try Data(contentsOf: folder.appending(path: "answers.json"))
        let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let entry = try JSONSerialization.data(withJSONObject: document?[system] ?? [:])
        return try JSONDecoder().decode(Answer.self, from: entry)
    }

    /// The bytes of a gzipped file.
    static func contents(of file: String) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", folder.appending(path: file).path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let contents = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return contents
    }

    /// The fields of each line of a gzipped file, from the last: score, key, attack.
    static func lines(of file: String) throws -> [(attack: Substring, key: Substring, score: Double)] {
        let text = String(decoding: try contents(of: file), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count >= 3, let score = Double(fields[fields.count - 1]) else { return nil }
            return (fields[fields.count - 3], fields[fields.count - 2], score)
        }
    }
}
