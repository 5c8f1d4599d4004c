import Suggestions
import Torch

/// The tensors of a file under a network's names, one for each of the network's.
struct FittedState {
    let tensors: [String: Tensor]
    /// What was taken and what was not.
    let summary: String

    /// Why a file's tensors are not a network's.
    struct Misfit: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameters:
    ///   - own: the network's tensors, which stay where they are ignored.
    ///   - ignored: patterns of names to be left out, with the prefix or without.
    ///   - prefix: what the file's names begin with; `nil` takes the one that fits most names.
    init(_ state: [String: Tensor], to own: [NamedTensor], ignored: [NamePattern], prefix: String?) throws {
        func isIgnored(_ name: String) -> Bool { ignored.contains { $0.matches(name) } }
        let names = Set(own.map(\.name))
        let prefix = try prefix ?? Self.prefix(of: state, names)
        var found: [String: Tensor] = [:]
        var strangers: [String] = []
        for (name, tensor) in state where !isIgnored(name) {
            let short = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
            if isIgnored(short) { continue }
            if name.hasPrefix(prefix), names.contains(short) { found[short] = tensor } else { strangers.append(name) }
        }
        let wanted = own.filter { !isIgnored($0.name) }
        let missing = wanted.map(\.name).filter { found[$0] == nil }
        let misfits = wanted.compactMap { named -> String? in
            guard let other = found[named.name], other.shape != named.tensor.shape else { return nil }
            return "\(named.name) is \(other.shape) where \(named.tensor.shape) is wanted"
        }
        guard missing.isEmpty, strangers.isEmpty, misfits.isEmpty else {
            throw Self.misfit(missing: missing, strangers: strangers.sorted(), misfits: misfits)
        }
        let fresh = own.map(\.name).filter { found[$0] == nil }
        for named in own where found[named.name] == nil { found[named.name] = named.tensor }
        tensors = found
        summary =
            "\(own.count - fresh.count) tensors" + (prefix.isEmpty ? "" : " without the prefix “\(prefix)”")
            + (fresh.isEmpty ? "" : "; as drawn: \(fresh.joined(separator: ", "))")
    }

    /// What stands before the network's names in a file: nothing, or `module.`, `backbone.` and the like.
    private static func prefix(of state: [String: Tensor], _ names: Set<String>) throws -> String {
        var counts: [String: Int] = [:]
        for name in state.keys {
            // Every place behind a full stop, and the beginning, may be where the network's name starts.
            var start = name.startIndex
            while true {
                if names.contains(String(name[start...])) { counts[String(name[..<start]), default: 0] += 1 }
                guard let stop = name[start...].firstIndex(of: ".") else { break }
                start = name.index(after: stop)
            }
        }
        guard let most = counts.values.max(), counts[""] != most else { return "" }
        let best = counts.filter { $0.value == most }.keys.sorted()
        guard best.count == 1 else {
            throw Misfit(
                description: "the file has these weights more than once, under "
                    + "\(best.map { "“\($0)”" }.joined(separator: " and ")); choose with network.init_prefix")
        }
        return best[0]
    }

    private static func misfit(missing: [String], strangers: [String], misfits: [String]) -> Misfit {
        var parts: [String] = []
        if !missing.isEmpty {
            let hinted = missing.map { name in
                nearest(name, among: strangers).map { "\(name) (is it the file's \($0)?)" } ?? name
            }
            parts.append("missing: \(list(hinted))")
        }
        if !strangers.isEmpty { parts.append("not part of it: \(list(strangers))") }
        if !misfits.isEmpty { parts.append("of another shape: \(list(misfits))") }
        return Misfit(
            description: "the weights belong to another network (\(parts.joined(separator: "; "))); what is to begin "
                + "anew, or is not needed, can be left out by name, such as network.init_ignore: [\"fc.*\"]")
    }

    private static func list(_ items: [String]) -> String {
        items.prefix(4).joined(separator: ", ") + (items.count > 4 ? " and \(items.count - 4) more" : "")
    }
}
