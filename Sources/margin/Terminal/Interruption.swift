import Dispatch
import Foundation
import Training

/// Turns Ctrl-C (and a polite kill) into a wish to stop after the step in hand; a second one ends at once.
final class Interruption {
    let stop = StopSignal()
    private var sources: [any DispatchSourceSignal] = []

    init() {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [stop] in
                if stop.isRequested { _exit(128 + number) }
                Output.note("\nstopping after this step; again to stop at once")
                stop.request()
            }
            source.resume()
            sources.append(source)
        }
    }
}
