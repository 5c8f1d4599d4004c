import AngularMargin
import Foundation
import Testing

/// One page per head, with the equation, the keys and the defaults that it has.
@Suite struct HeadPagesTests {
    private static let catalogue = (0..<4).reduce(URL(filePath: #filePath)) { folder, _ in
        folder.deletingLastPathComponent()
    }.appending(path: "Sources/AngularMargin/AngularMargin.docc")

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.catalogue.appending(path: path), encoding: .utf8)
    }

    @Test(arguments: HeadPreset.all.map(\.name)) func thePageIsUpToDate(_ name: String) throws {
        let preset = try HeadPreset.named(name)
        let page = try text("Heads/head-\(name).md")
        for line in preset.equation.split(separator: "\n") { #expect(page.contains("    \(line)\n")) }
        #expect(page.contains("Source: \(preset.source)."))
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count == preset.ownParameters.count)
        for parameter in preset.ownParameters {
            let start = "| `\(parameter.key)` | \(parameter.meaning) | \(parameter.defaultText) | "
            #expect(rows.contains { $0.hasPrefix(start) }, "\(parameter.key)")
        }
        #expect(preset.openParameters.allSatisfy { page.contains("`\($0.key)`") })
        for heading in ["### Good for", "### Pitfalls"] {
            let parts = page.components(separatedBy: heading + "\n")
            #expect(parts.count == 2 && parts[1].trimmingCharacters(in: .whitespacesAndNewlines).count > 60)
        }
        #expect(try text("Resources/head-\(name).svg").contains("<svg"))
        #expect(try text("Heads/AllHeads.md").contains("<doc:head-\(name)>"))
    }
}
