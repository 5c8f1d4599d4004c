import AngularMargin
import Torch

extension TrainingLoop.Plan {
    /// How a step changes the head's class weights.
    public enum ClassUpdates: String, Sendable, CaseIterable {
        /// In tiles where that can be done and is worth it.
        case automatic
        /// Each tile of classes as soon as its gradient is known: a gradient of the matrix's size never exists.
        case tiles
        /// All at once, after a backward pass.
        case whole
    }
}

extension TrainingLoop {
    /// How class weights are updated in a run, and why.
    struct ClassUpdating {
        /// `nil` where they are updated as a whole.
        let rows: RowOptimizer?
        /// What keeps them from being updated in tiles, where they are large.
        let obstacle: String?

        /// Smaller matrices stay in the cache from the gradient to the step.
        private static let worthwhile = 1 << 22

        /// Whether a matrix of so many numbers is worth tiles, by the plan.
        static func isWanted(_ plan: Plan, numbers: Int) -> Bool {
            plan.classUpdates == .tiles || plan.classUpdates == .automatic && numbers >= worthwhile
        }

        init(_ plan: Plan, mixup: Double, head: MarginHead, optimizer: any Optimizer) {
            guard Self.isWanted(plan, numbers: head.weight.count) else {
                (rows, obstacle) = (nil, nil)
                return
            }
            if let obstacle = TrainingLoop.obstacleToTiles(plan, mixup: mixup, head: head) {
                (rows, self.obstacle) = (nil, obstacle)
                return
            }
            rows = RowOptimizer(optimizer, parameter: head.weight)
            obstacle = rows == nil ? "the optimiser has no such class weights" : nil
        }
    }

    /// Why class weights cannot be updated in tiles; `nil` where they can.
    ///
    /// - Parameter mixup: α of the data's mixup, 0 for none.
    public static func obstacleToTiles(_ plan: Plan, mixup: Double, head: MarginHead) -> String? {
        if plan.device != .cpu || head.weight.device != .cpu { return "the head is on \(plan.device), not on the CPU" }
        if head.weight.scalarType != .float32 { return "the head is in \(head.weight.scalarType), not in float32" }
        if plan.gradientNormLimit != nil {
            return "a limit of the gradients' norm needs all gradients before the first weight changes"
        }
        if plan.accumulation > 1 { return "accumulation adds up gradients of several pieces before a step" }
        if mixup > 0 { return "mixup compares a batch with two labels, of which the second must see the same weights" }
        if plan.detectsAnomalies { return "anomalies are looked for in a backward pass as a whole" }
        if head.head.regularizer != nil {
            return "the head's regulariser has a gradient of its own for the class weights"
        }
        if head.head.weightConvention == .projected { return "projected weights are made directions as a whole" }
        if head.head.sampling != nil, head.bias?.count == head.weight.size(0) {
            return "with a sample of the classes, a bias per class would have a whole gradient"
        }
        if !head.head.canHandOverClassGradients || head.path == .reference {
            return "the streaming path does not know this head"
        }
        return nil
    }

    /// Whether class weights will be updated in tiles when there are so many classes.
    ///
    /// - Parameters:
    ///   - mixup: α of the data's mixup, 0 for none.
    ///   - head: the same head with any number of classes.
    public static func updatesInTiles(_ plan: Plan, mixup: Double, head: MarginHead, classCount: Int) -> Bool {
        let numbers = head.weight.count / head.weight.size(0) * classCount
        return ClassUpdating.isWanted(plan, numbers: numbers)
            && obstacleToTiles(plan, mixup: mixup, head: head) == nil
    }

    /// Begins the step of the class weights, where they are updated in tiles.
    func beginClassUpdate(learningRate: Double) throws -> RowOptimizer? {
        try classUpdating.rows?.begin(learningRate: learningRate)
        return classUpdating.rows
    }

    /// The head's output; class weights are changed on the way where `rows` are given.
    func output(_ features: Tensor, _ labels: Tensor, _ rows: RowOptimizer?) throws -> HeadOutput {
        guard let rows else { return try head(features, labels: labels) }
        do {
            return try head(features, labels: labels, classGradients: rows)
        } catch HeadError.notStreamed {
            // Numbers beyond the streaming path's range: nothing was changed, and this step is done as a whole.
            try rows.withdraw()
            return try head(features, labels: labels)
        }
    }
}
