import Experiments

/// Heads as text.
enum HeadText {
    /// Name, equation, source and keys.
    static func full(_ head: HeadDescription) -> String {
        var lines = ["\(head.name)  –  \(head.title)"]
        lines += head.equation.split(separator: "\n").map { "    \($0)" }
        lines.append("  \(head.source)")
        lines += rows(head.parameters)
        let others = head.openParameters.map(\.key)
        if !others.isEmpty { lines.append("  also: \(others.joined(separator: ", "))") }
        return lines.joined(separator: "\n")
    }

    /// The keys that heads leave open, once for all of them.
    static func openAxes(_ heads: [HeadDescription]) -> String {
        var shown: [HeadDescription.Parameter] = []
        for parameter in heads.flatMap(\.openParameters) where !shown.contains(where: { $0.key == parameter.key }) {
            shown.append(parameter)
        }
        return (["Keys of every head that names them under “also”:"] + rows(shown)).joined(separator: "\n")
    }

    private static func rows(_ parameters: [HeadDescription.Parameter]) -> [String] {
        let width = parameters.map(\.key.count).max() ?? 0
        return parameters.flatMap { parameter in
            [
                "  \(parameter.key)\(String(repeating: " ", count: width - parameter.key.count))  \(parameter.meaning)",
                "  \(String(repeating: " ", count: width))  default \(parameter.standard); \(parameter.range)",
            ]
        }
    }
}
