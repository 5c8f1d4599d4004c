/// What took how long.
public struct Profile: Sendable {
    /// An operator, a span, or a kernel on a graphics processor.
    public struct Event: Sendable, Equatable {
        public enum Kind: Sendable { case operation, span, device }

        public let name: String
        /// Nanoseconds.
        public let start: Int
        public let duration: Int
        /// Events of one thread lie within one another, or apart.
        public let thread: UInt64
        public let kind: Kind

        public init(name: String, start: Int, duration: Int, thread: UInt64, kind: Kind) {
            self.name = name
            self.start = start
            self.duration = duration
            self.thread = thread
            self.kind = kind
        }
    }

    /// The time under one name.
    public struct Line: Sendable, Equatable {
        public let name: String
        public let count: Int
        /// Seconds of all events of that name together; of operators, without the operators they called.
        public let seconds: Double

        public init(name: String, count: Int, seconds: Double) {
            self.name = name
            self.count = count
            self.seconds = seconds
        }
    }

    public let events: [Event]

    public init(events: [Event]) {
        self.events = events
    }

    /// The spans, each with all that happened in it, the longest first.
    public var spans: [Line] { lines(of: .span) { _ in 0 } }

    /// The kernels of a graphics processor, the longest first.
    public var kernels: [Line] { lines(of: .device) { _ in 0 } }

    /// The operators by their own time: what they called is not counted again. The longest first.
    public var operators: [Line] {
        let callees = timeInCallees()
        return lines(of: .operation) { callees[$0] }
    }

    private func lines(of kind: Event.Kind, less: (Int) -> Int) -> [Line] {
        var sums: [String: (count: Int, nanoseconds: Int)] = [:]
        for (index, event) in events.enumerated() where event.kind == kind {
            sums[event.name, default: (0, 0)].count += 1
            sums[event.name]?.nanoseconds += event.duration - less(index)
        }
        return sums.map { Line(name: $0, count: $1.count, seconds: Double($1.nanoseconds) / 1e9) }
            .sorted { ($1.seconds, $0.name) < ($0.seconds, $1.name) }
    }

    /// For each event, the nanoseconds of the events directly within it on its thread.
    private func timeInCallees() -> [Int] {
        var callees = [Int](repeating: 0, count: events.count)
        // By start; of those that start together the longest first, since the others lie in it.
        let order = events.indices.filter { events[$0].kind != .device }.sorted {
            (events[$0].thread, events[$0].start, -events[$0].duration)
                < (events[$1].thread, events[$1].start, -events[$1].duration)
        }
        var open: [Int] = []
        for index in order {
            let event = events[index]
            while let last = open.last,
                events[last].thread != event.thread || events[last].start + events[last].duration <= event.start
            {
                open.removeLast()
            }
            if let caller = open.last { callees[caller] += event.duration }
            open.append(index)
        }
        return callees
    }
}
