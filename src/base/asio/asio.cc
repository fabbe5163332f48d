// Asio's and Beast's function bodies, compiled here once instead of in every file that includes
// them.
#include <boost/asio/impl/src.hpp>
