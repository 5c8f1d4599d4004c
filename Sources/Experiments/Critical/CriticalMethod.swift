/// A way to miss a class less.
public enum CriticalMethod: String, CaseIterable, Codable, Sendable {
    /// Softmax cross-entropy with a bias per class: what all others are compared with.
    case crossEntropy = "CE"
    /// The same with a larger weight for the samples of the critical class.
    case weighted = "WCE"
    /// The same with prices for missing the class and for taking others for it.
    case realWorldWeight = "CRWWCE"
    /// The same margin for every class.
    case arcFace = "ArcFace"
    /// A margin for the critical class alone.
    case camri = "CAMRI"
    /// Cross-entropy's own runs, a number added to the critical class's logit before the largest decides.
    case shifted = "CE + bias"

    /// Those that are trained, CE first.
    static let trained: [CriticalMethod] = [.crossEntropy, .weighted, .realWorldWeight, .arcFace, .camri]

    /// Whether it is something else for every target; otherwise one run serves all.
    var dependsOnTarget: Bool { ![.crossEntropy, .arcFace].contains(self) }

    /// Whether nothing needs to be known of margins for it.
    var isCheap: Bool { [.weighted, .shifted].contains(self) }

    /// The method as a system of a study.
    func system(_ target: CriticalTarget) -> ComparedSystem {
        let names = target.classes.map(RecipeDocument.Setting.quoted).joined(separator: ", ")
        let head =
            switch self {
            case .crossEntropy, .shifted: "name: softmax, bias: class"
            case .weighted: "name: weighted-softmax, bias: class, classes: [\(names)]"
            case .realWorldWeight: "name: real-world-weight, bias: class, classes: [\(names)]"
            case .arcFace: "name: arcface"
            case .camri: "name: camri, classes: [\(names)]"
            }
        return ComparedSystem(
            name: dependsOnTarget ? "\(rawValue) \(target.name)" : rawValue, settings: ["head={\(head)}"])
    }
}
