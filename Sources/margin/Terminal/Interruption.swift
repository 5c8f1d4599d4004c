import Dispatch
import Foundation
import Training

/// Turns Ctrl-C and a polite kill into a wish to stop after the step in hand; a second one ends at once.
final class Interruption {
    let stop = StopSignal()
    private let received = Received()
    private var sources: [any DispatchSourceSignal] = []

    init() {
        FileLimit.becomesAnError()
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [stop, received] in
                if stop.isRequested { _exit(128 + number) }
                Output.note("\nstopping after this step; again to stop at once")
                received.keep(number)
                stop.request()
            }
            source.resume()
            sources.append(source)
        }
    }

    /// What a shell reports of a process that the signal ended: 130 for Ctrl-C, 143 for a polite kill.
    var exitCode: Int32 { 128 + received.signal }

    private final class Received: @unchecked Sendable {
        private let lock = NSLock()
        private var number = SIGINT

        var signal: Int32 { lock.withLock { number } }
        func keep(_ signal: Int32) { lock.withLock { number = signal } }
    }
}
