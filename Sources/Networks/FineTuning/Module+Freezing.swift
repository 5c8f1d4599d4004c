import Torch

extension Module {
    /// Stops parameters from being learned.
    ///
    /// A batch normalisation all of whose own parameters are frozen stays in evaluation: its running statistics are
    /// used, and stay as they are, in training too. Otherwise what the frozen layers compute would change with
    /// every batch.
    ///
    /// - Parameter matches: told the parameters' names.
    /// - Returns: the names of the parameters that are frozen now.
    @discardableResult
    public mutating func freeze(where matches: (String) -> Bool) throws -> [String] {
        let names = parameters.map(\.name)
        let frozen = Set(names.filter(matches))
        try requireGradients(false) { frozen.contains($0) }
        try mapToggles { path, name, value in
            guard name == BatchNorm.frozenName else { return }
            let own = names.filter { $0.hasPrefix(path + ".") && !$0.dropFirst(path.count + 1).contains(".") }
            if !own.isEmpty, own.allSatisfy(frozen.contains) { value = true }
        }
        return names.filter(frozen.contains)
    }
}
