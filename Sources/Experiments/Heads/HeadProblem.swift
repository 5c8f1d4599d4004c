import AngularMargin
import Torch

/// A head with the tensors of a file, ready to be computed.
struct HeadProblem {
    typealias Named = (name: String, tensor: Tensor)

    let file: HeadFile
    let head: Head
    let features: Named
    let weights: Named
    let labels: Tensor
    let bias: Tensor?
    let margins: Tensor?
    let classWeights: Tensor?
    let sampleWeights: Tensor?
    let state: HeadState

    init(preset: HeadPreset, options: HeadRunOptions, input: String, scalarType: ScalarType?) throws {
        let isContrast = preset.name == HeadPreset.mama.name
        let names = isContrast ? ["video", "text"] : ["features", "weights"]
        file = try HeadFile(path: input, scalarType: scalarType, matrices: names)
        features = (names[0], try file.required(names[0]))
        weights = (names[1], try file.required(names[1]))
        for matrix in [features, weights] where matrix.tensor.rank < 2 || matrix.tensor.count == 0 {
            throw file.error("“\(matrix.name)” has the shape \(matrix.tensor.shape); rows of numbers are wanted")
        }
        if isContrast, features.tensor.shape != weights.tensor.shape {
            throw file.error(
                "“text” has the shape \(weights.tensor.shape) and “video” \(features.tensor.shape); they go in pairs")
        }
        labels = isContrast ? try Tensor(Array(0..<features.tensor.size(0))) : try file.labels()
        margins = preset.name == HeadPreset.camri.name ? try file.optional("margins") : nil
        let isWeighted = preset.parameters.contains { $0.key == "class_weights" }
        classWeights = isWeighted ? try file.optional("class_weights") : nil
        sampleWeights = try file.optional("sample_weights")
        head = try Self.head(preset, options, weights: weights.tensor, margins: margins, classWeights: classWeights)
        bias = try Self.bias(of: head, file, weights: weights.tensor)
        var state = head.initialState
        for name in state.names {
            if let number = try file.number("state.\(name.rawValue)") { state[name] = number }
        }
        if let seed = options.seed, state.names.contains(.seed) { state[.seed] = seed }
        for name in state.names
        where name.isCount && !((0..<0x1p53).contains(state[name]) && state[name] == state[name].rounded()) {
            throw file.error(
                "“state.\(name.rawValue)” is \(state[name]) where a whole number from 0, below 2⁵³, is wanted")
        }
        self.state = state
    }

    private static func head(
        _ preset: HeadPreset, _ options: HeadRunOptions, weights: Tensor, margins: Tensor?, classWeights: Tensor?
    ) throws -> Head {
        let labelCount = preset.name == HeadPreset.ocSoftmax.name ? 2 : weights.size(0)
        let context = HeadContext(
            classNames: (0..<labelCount).map(String.init), classMargins: margins,
            classWeights: classWeights)
        // The whole is checked with the regulariser, and computed without.
        _ = try preset.head(options.values, for: context)
        var head = try preset.head(options.valuesOfLoss, for: context)
        // The file says how many sub-centres there are, unless that is set.
        let key = preset.name == HeadPreset.subcenterArcFace.name ? "k" : "subcenters"
        if head.subcenters != nil, weights.rank == 3, options.values[key] == nil { head.subcenters = weights.size(1) }
        return head
    }

    private static func bias(of head: Head, _ file: HeadFile, weights: Tensor) throws -> Tensor? {
        let classCount = weights.size(0)
        guard let shape = head.objective.bias.shape(classCount: classCount) else { return nil }
        if let bias = try file.optional("bias") {
            return bias.count == 1 && shape == [1]
                ? try bias.detached().reshaped([1]).requireGradient() : bias
        }
        return try Tensor.full(shape, head.initialBias(classCount: classCount), scalarType: weights.scalarType)
            .requireGradient()
    }

    /// Everything that has a gradient.
    var inputs: [Named] {
        [features, weights]
            + [
                ("bias", bias), ("margins", margins), ("class_weights", classWeights),
                ("sample_weights", sampleWeights),
            ].compactMap { name, tensor in tensor.map { (name, $0) } }
    }
}
