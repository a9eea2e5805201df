internal import Foundation

/// Threads that do blocking work in the order in which it came: libpq blocks, and the threads that tasks run on must not.
///
/// Unchecked: everything that changes is touched inside the condition's lock only.
final class WorkerThreads: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [@Sendable () -> Void] = []
    private var firstWaiting = 0
    private var idleCount = 0
    private var count = 0
    private var isClosed = false
    private let limit: Int
    private let name: String

    init(_ name: String, limit: Int) {
        self.name = name
        self.limit = max(1, limit)
    }

    /// Has the work done on a thread of its own. After `close` it is still done, so that whoever waits is answered.
    func perform(_ work: @escaping @Sendable () -> Void) {
        condition.lock()
        waiting.append(work)
        if waiting.count - firstWaiting > idleCount, count < limit {
            count += 1
            let thread = Thread { self.serve() }
            thread.name = name
            // A deep call chain stands on it; the default of a second thread is small.
            thread.stackSize = 8 << 20
            thread.start()
        } else {
            condition.signal()
        }
        condition.unlock()
    }

    /// Lets the threads end when nothing is left to do.
    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }

    private func serve() {
        condition.lock()
        while true {
            if firstWaiting < waiting.count {
                let work = waiting[firstWaiting]
                firstWaiting += 1
                if firstWaiting > 64, firstWaiting * 2 > waiting.count {
                    waiting.removeFirst(firstWaiting)
                    firstWaiting = 0
                } else if firstWaiting == waiting.count {
                    waiting = []
                    firstWaiting = 0
                }
                condition.unlock()
                work()
                condition.lock()
            } else if isClosed {
                break
            } else {
                idleCount += 1
                condition.wait()
                idleCount -= 1
            }
        }
        count -= 1
        condition.unlock()
    }
}
