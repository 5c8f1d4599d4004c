import Experiments

/// A check of a recipe as people read it.
struct RecipeCheckText {
    private let check: RecipeCheck
    /// Files and pairs of a kind that are listed.
    private static let listed = 20
    private static let sizes = 8

    init(_ check: RecipeCheck) {
        self.check = check
    }

    var text: String {
        ([sets, sizes, "", problems, skipped, alike, single, time, memory] as [String?]).compactMap { $0 }
            .joined(separator: "\n")
    }

    private var sets: String {
        var table = TextTable(["set", "pictures", check.task.labels, "fewest", "median", "most", "with one picture"])
        for set in check.sets {
            table.add([
                set.name, "\(set.pictures)", "\(set.identities)", "\(set.fewest)", Format.number(set.median),
                "\(set.most)", "\(set.single)",
            ])
        }
        return table.text
    }

    private var sizes: String {
        let shown = check.sizes.prefix(Self.sizes).map { "\($0.size): \($0.pictures)" }
        let more = check.sizes.count > Self.sizes ? ["and \(check.sizes.count - Self.sizes) other sizes"] : []
        return "\(check.pictures) pictures: " + (shown + more).joined(separator: ", ")
    }

    private var problems: String {
        guard !check.isFine else { return "✓ every picture can be read, and no equal files disagree" }
        return check.problems.map { "✗ \($0)" }.joined(separator: "\n") + list(check.unreadable)
    }

    private var skipped: String? {
        check.skipped.isEmpty
            ? nil : "! \(check.skipped.count) files and folders are passed over" + list(check.skipped)
    }

    private var alike: String? {
        guard !check.alike.isEmpty else { return "✓ no pictures look alike over the split or under two labels" }
        let pairs = check.alike.map { pair in
            let places = [pair.crossesSplit ? "sets" : nil, pair.crossesLabels ? "labels" : nil].compactMap { $0 }
            return
                "\(Format.number(pair.correlation)) \(pair.first) ~ \(pair.second) (two \(places.joined(separator: " and ")))"
        }
        let count = check.alikeIsCut ? "more than \(check.alike.count)" : "\(check.alike.count)"
        return "! pairs that look alike over the split or under two labels, worth a look: \(count)" + list(pairs)
    }

    private var single: String? {
        guard let training = check.sets.first(where: { $0.name == "train" }), training.single > 0 else { return nil }
        return "! \(training.single) \(check.task.labels) of the training set have one picture, from which little is "
            + "learned"
    }

    private var time: String {
        let steps = "\(check.epochs) epochs, \(check.steps) steps"
        guard let timing = check.timing else { return "\(steps); not measured, because not every picture can be read" }
        let bound = timing.bound == .network ? "the network bounds" : "loading bounds"
        return "\(steps) of \(Format.number(timing.step)) s (the network alone \(Format.number(timing.network)) s, "
            + "loading alone \(Format.number(timing.loading)) s a batch: \(bound)): "
            + "about \(Format.duration(timing.total)), without evaluations"
    }

    private var memory: String {
        func mebibytes(_ bytes: Int) -> String { "\((bytes + (1 << 20) - 1) >> 20) MiB" }
        return "weights, gradients and optimiser take \(mebibytes(check.memory.parameters)); "
            + "this process held up to \(mebibytes(check.memory.peak))"
    }

    private func list(_ lines: [String]) -> String {
        let more = lines.count > Self.listed ? ["and \(lines.count - Self.listed) more; --json lists all"] : []
        return (lines.prefix(Self.listed) + more).map { "\n  \($0)" }.joined()
    }
}
