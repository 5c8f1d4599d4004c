import Reports

/// What was found of a run's model, as its page shows it.
protocol RunFindings: Sendable {
    /// The sets with how much is in them, in words.
    var measuredOn: String { get }
    /// The figures, first of all on the page.
    var result: Page.Section { get }
    /// What is behind them, after what was run.
    func sections(prefix: String) -> [Page.Section]
    /// The plots by file name, which begins with the prefix.
    func plots(prefix: String) -> [(name: String, plot: Plot)]
    func spheres(prefix: String) -> [(name: String, sphere: SpherePlot)]
}
