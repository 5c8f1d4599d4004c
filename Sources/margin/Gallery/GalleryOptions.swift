import ArgumentParser
import Gallery

/// What to do with people who are there already.
struct KnownNameOptions: ParsableArguments {
    @Flag(help: "Add to people who are enrolled already; without it, a name twice is refused.")
    var more = false

    var knownNames: KnownNames { more ? .extended : .refused }
}

extension Pooling: ExpressibleByArgument {}

/// A rate of false positive identifications, checked.
func checkRate(_ rate: Double?) throws {
    if let rate, !(rate > 0 && rate < 1) {
        throw ValidationError("--fpir is a rate above 0 and below 1, such as 0.01")
    }
}
