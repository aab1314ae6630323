import CLibPQ
import Crypto
import Logging
import NIOPosix
